# Print an optspec for argparse to handle cmd's options that are independent of any subcommand.
function __fish_grpcauth_global_optspecs
    string join \n h/help V/version
end

function __fish_grpcauth_needs_command
    # Figure out if the current invocation already has a command.
    set -l cmd (commandline -opc)
    set -e cmd[1]
    argparse -s (__fish_grpcauth_global_optspecs) -- $cmd 2>/dev/null
    or return
    if set -q argv[1]
        # Also print the command, so this can be used to figure out what it is.
        echo $argv[1]
        return 1
    end
    return 0
end

function __fish_grpcauth_using_subcommand
    set -l cmd (__fish_grpcauth_needs_command)
    test -z "$cmd"
    and return 1
    contains -- $cmd[1] $argv
end

complete -c grpcauth -n "__fish_grpcauth_needs_command" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c grpcauth -n "__fish_grpcauth_needs_command" -s V -l version -d 'Print version'
complete -c grpcauth -n "__fish_grpcauth_needs_command" -f -a "call" -d 'Call one RPC and explain the result'
complete -c grpcauth -n "__fish_grpcauth_needs_command" -f -a "check" -d 'Test who may call what: every method as every identity, against a live server'
complete -c grpcauth -n "__fish_grpcauth_needs_command" -f -a "list" -d 'List a server\'s services, or a service\'s methods'
complete -c grpcauth -n "__fish_grpcauth_needs_command" -f -a "describe" -d 'Show the proto source of a symbol, or a JSON request to fill in'
complete -c grpcauth -n "__fish_grpcauth_needs_command" -f -a "handshake" -d 'Show what a connection agrees on, the chain, and where it goes wrong and why'
complete -c grpcauth -n "__fish_grpcauth_needs_command" -f -a "health" -d 'Ask a server whether it, or one of its services, is ready to serve'
complete -c grpcauth -n "__fish_grpcauth_needs_command" -f -a "explain" -d 'Show what a diagnosis means, how it is established, and how to fix it'
complete -c grpcauth -n "__fish_grpcauth_needs_command" -f -a "token" -d 'Obtain tokens, look into them, sign them, verify them, forget them'
complete -c grpcauth -n "__fish_grpcauth_needs_command" -f -a "lab" -d 'Run a local test environment on loopback until Ctrl-C'
complete -c grpcauth -n "__fish_grpcauth_needs_command" -f -a "demo" -d 'Show what calls can come to, on the lab, inside this process: who said no, and why'
complete -c grpcauth -n "__fish_grpcauth_needs_command" -f -a "completions" -d 'Print a shell\'s completion script'
complete -c grpcauth -n "__fish_grpcauth_needs_command" -f -a "man" -d 'Print a man page'
complete -c grpcauth -n "__fish_grpcauth_needs_command" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c grpcauth -n "__fish_grpcauth_using_subcommand call" -s d -l data -d 'The request as JSON; @FILE reads a file, @- standard input [default: an empty message]' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand call" -l expect -d 'Expected outcome: statuses, `allowed` or `denied`; then the exit code is 0 or 1' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand call" -l wait-for -d 'Retry connecting for up to this long, until the first good handshake; --max-time begins after it' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand call" -l max-msg-size -d 'The longest message to take' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand call" -l compress -d 'Compress the request' -r -f -a "gzip\t''"
complete -c grpcauth -n "__fish_grpcauth_using_subcommand call" -l authority -d 'Send this `:authority` instead of the target\'s host' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand call" -l resolve -d 'Use this address for HOST:PORT instead of looking the name up' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand call" -l connect-timeout -d 'Time for resolving, dialling and TLS' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand call" -l max-time -d 'Time for everything [default: 30s to the first message or status]' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand call" -l keepalive-time -d 'Ask a server that owes an answer and is silent for so long whether it is there, by an HTTP/2 PING; give it up after 20 s more. Many servers close connections that ping more often than every 5 minutes' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand call" -l proxy -d 'Reach the target through this proxy: http://HOST:PORT (CONNECT), socks5://HOST:PORT, or socks5h://HOST:PORT (the proxy resolves the target\'s name); `--proxy=` uses none [default: HTTPS_PROXY or ALL_PROXY, unless NO_PROXY names the target or it is loopback]' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand call" -l proxy-user -d 'The user of the proxy' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand call" -l proxy-password -d 'The password of --proxy-user [default: ask on the terminal]' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand call" -l user-agent -d 'Send this user-agent' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand call" -l cacert -d 'Trust the certificates in this PEM file, and only these (repeatable)' -r -F
complete -c grpcauth -n "__fish_grpcauth_using_subcommand call" -l cert -d 'Present this certificate chain: PEM, end-entity first, or a PKCS#12 bundle with its key' -r -F
complete -c grpcauth -n "__fish_grpcauth_using_subcommand call" -l key -d 'The private key of --cert (PEM: PKCS#8, PKCS#1 or SEC1) [default: in the --cert file]' -r -F
complete -c grpcauth -n "__fish_grpcauth_using_subcommand call" -l key-pass -d 'The passphrase of an encrypted --key, or of a PKCS#12 --cert' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand call" -l servername -d 'Verify this name, and send it as SNI, instead of the target\'s host' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand call" -l server-spiffe-id -d 'Verify that the server is this workload of a mesh, spiffe://TRUST-DOMAIN/PATH, in place of its name' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand call" -l pin -d 'Besides verifying, take this server alone: sha256//BASE64 of its key, as curl, or its certificate\'s SHA-256 in hex (repeatable: one must fit)' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand call" -l crl -d 'Refuse certificates that this revocation list of their issuer names (PEM or DER, repeatable)' -r -F
complete -c grpcauth -n "__fish_grpcauth_using_subcommand call" -l tls-min -d 'The lowest TLS version to offer' -r -f -a "1.2\t''
1.3\t''"
complete -c grpcauth -n "__fish_grpcauth_using_subcommand call" -l tls-max -d 'The highest TLS version to offer' -r -f -a "1.2\t''
1.3\t''"
complete -c grpcauth -n "__fish_grpcauth_using_subcommand call" -l warn-days -d 'Warn when a certificate expires within this many days' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand call" -l protoset -d 'Read descriptors from this FileDescriptorSet instead of asking the server (repeatable; of two if two files have the same name, the first wins)' -r -F
complete -c grpcauth -n "__fish_grpcauth_using_subcommand call" -l proto -d 'Compile this .proto source, and what it imports, instead of asking the server (repeatable; after --protoset)' -r -F
complete -c grpcauth -n "__fish_grpcauth_using_subcommand call" -l import-path -d 'Look for --proto files and their imports here [default: the current directory and the file\'s own]' -r -F
complete -c grpcauth -n "__fish_grpcauth_using_subcommand call" -l protoset-out -d 'Write the descriptors that were used to this file, as they came, dependencies first' -r -F
complete -c grpcauth -n "__fish_grpcauth_using_subcommand call" -l descriptor-cache -d '`on`: use what the server said the last time, check it beside the call, and say so if it was stale' -r -f -a "off\t''
on\t''"
complete -c grpcauth -n "__fish_grpcauth_using_subcommand call" -l auth -d 'The kind of credential [default: what the other flags imply]' -r -f -a "none\t'send no credential, whatever the environment or a profile says'
bearer\t'a token, sent as `authorization: Bearer …`'
basic\t'a user and a password, sent as `authorization: Basic …`'
api-key\t'a key, sent as `x-api-key: …` or under the name given'
login\t'a token from an HTTP endpoint, for a user\'s name and password'
login-rpc\t'a token from an RPC, for a user\'s name and password'
oauth\t'a grant at an OAuth 2.0 authorization server: client_credentials, refresh_token, password'
jwt\t'a JWT signed here with --assertion-key, or with a Google service account\'s key file'
exec\t'what a program prints: a token, or what kubectl\'s, git\'s and docker\'s helpers print'"
complete -c grpcauth -n "__fish_grpcauth_using_subcommand call" -l token -d 'Send a bearer token' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand call" -l scheme -d 'The scheme before the token; `--scheme=` sends the token alone [default: Bearer]' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand call" -l header-name -d 'The metadata key that carries the token' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand call" -l user -d 'The user of basic authentication, or of a login' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand call" -l password -d 'The password of --user [default: ask on the terminal]' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand call" -l api-key -d 'Send an API key; may go together with a bearer token' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand call" -l api-key-name -d 'The metadata key that carries the API key' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand call" -l login-url -d 'POST name and password here, and send the token that comes' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand call" -l login-body -d 'The login\'s data as JSON, or as a form (a=b&c=d); ${username} and ${password} are --user and --password, ${env:NAME} and ${file:PATH} other secrets [default: {"username":"${username}","password":"${password}"}]' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand call" -l token-ptr -d 'Where the token stands: a JSON Pointer, or header:NAME [default: /token, then /access_token, then /accessToken]' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand call" -l login-refresh-url -d 'POST the refresh token here for a new token' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand call" -l login-rpc -d 'Call this method without a credential, and send the token that comes; auth.v1.AuthService alone will do, its methods are known' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand call" -l login-data -d 'The request of --login-rpc, as --login-body has it' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand call" -l login-target -d 'Where --login-rpc is called [default: the target]' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand call" -l login-refresh-rpc -d 'The method that gives a new token for the refresh token' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand call" -l login-logout-rpc -d 'The method that makes the tokens void, for `token clear --log-out`' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand call" -l login-refresh-body -d 'The data of the refresh [default: {"refresh_token":"${refresh_token}"}]' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand call" -l issuer -d 'The authorization server, which says itself where its endpoints are' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand call" -l token-url -d 'The token endpoint' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand call" -l grant -d 'The grant [default: what the other flags imply, else client_credentials]' -r -f -a "client_credentials\t'the client for itself; the default'
refresh_token\t'a refresh token from an earlier login; rotated ones are kept'
password\t'a user\'s name and password; RFC 9700 forbids it to anything but tests'"
complete -c grpcauth -n "__fish_grpcauth_using_subcommand call" -l client-id -d 'The client\'s id' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand call" -l client-secret -d 'The client\'s secret' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand call" -l client-auth -d 'How the client proves who it is [default: client_secret_basic with a secret, private_key_jwt with an --assertion-key, else none]' -r -f -a "client_secret_basic\t'id and secret as Basic credentials; the default where there is a secret'
client_secret_post\t'id and secret in the request\'s body'
private_key_jwt\t'an assertion signed with --assertion-key; the default where there is one'
client_secret_jwt\t'an assertion signed with the client secret (HS256)'
tls_client_auth\t'the client certificate of the connection to the token endpoint'
none\t'a public client: its id alone'"
complete -c grpcauth -n "__fish_grpcauth_using_subcommand call" -l scope -d 'What the token is to allow (repeatable; spaces inside separate)' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand call" -l audience -d 'Whom the token is for' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand call" -l resource -d 'The resource that the token is for, an absolute URI (repeatable; RFC 8707)' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand call" -l refresh-token -d 'The refresh token of an earlier login' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand call" -l assertion-key -d 'The private key that signs: PEM or JWK' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand call" -l assertion-alg -d 'The algorithm of --assertion-key [default: RS256, ES256, ES384 or EdDSA, as the key is]' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand call" -l kid -d 'The id of --assertion-key in what it signs' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand call" -l token-cacert -d 'Trust these certificates at the token endpoint [default: those of --cacert]' -r -F
complete -c grpcauth -n "__fish_grpcauth_using_subcommand call" -l token-cert -d 'Present this certificate to the token endpoint' -r -F
complete -c grpcauth -n "__fish_grpcauth_using_subcommand call" -l token-key -d 'The private key of --token-cert' -r -F
complete -c grpcauth -n "__fish_grpcauth_using_subcommand call" -l jwt-claims -d 'With --auth jwt: what the token says beside iat, exp and jti; signed with --assertion-key' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand call" -l jwt-ttl -d 'With --auth jwt: how long the token is good for [default: 5m]' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand call" -l exec -d 'Run this program, without a shell, and send what it prints: a token, a kubectl ExecCredential, or what git\'s and docker\'s credential helpers print' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand call" -l retry-auth -d 'Whether to get a new token and call once more when a call is refused for its credential: auto does so where nothing was shown and the request can be repeated, always also after headers [default: auto]' -r -f -a "auto\t''
never\t''
always\t''"
complete -c grpcauth -n "__fish_grpcauth_using_subcommand call" -l token-cache -d 'Where fetched tokens are kept [default: auto, which is the disk for grants with a refresh token, else memory]' -r -f -a "auto\t'On disk for grants with a refresh token or a human in them, else in memory'
memory\t'As long as the process lives'
disk\t'From one run to the next'
none\t'Not at all: every credential is fetched'"
complete -c grpcauth -n "__fish_grpcauth_using_subcommand call" -s H -l header -d 'Send this metadata with every RPC, reflection too (repeatable; a -bin key takes base64; @FILE or @- reads one a line)' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand call" -l header-from -d 'Send this metadata with every RPC, its value read from SRC and kept secret (repeatable)' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand call" -l rpc-header -d 'Send this metadata with the call alone (repeatable)' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand call" -l reflect-header -d 'Send this metadata with reflection alone (repeatable)' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand call" -s P -l profile -d 'The profile to use [default: $GRPCAUTH_PROFILE, then `profile` under [defaults] in the file]' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand call" -l config -d 'The file of profiles [default: $GRPCAUTH_CONFIG, then grpcauth/config.toml in the user\'s configuration directory]' -r -F
complete -c grpcauth -n "__fish_grpcauth_using_subcommand call" -l suite -d 'Use the target and an identity of this suite, as `grpcauth check` does' -r -F
complete -c grpcauth -n "__fish_grpcauth_using_subcommand call" -l as -d 'The identity of the suite that calls' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand call" -l suite-target -d 'The target of the suite, where it has several' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand call" -l var -d 'Set a variable of the suite (repeatable)' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand call" -l format -d 'How to report' -r -f -a "text\t'messages as JSON on standard output, everything else on standard error'
json\t'one JSON document of everything that was seen, on standard output'
ndjson\t'one JSON event a line, on standard output: headers, each message, and the end'"
complete -c grpcauth -n "__fish_grpcauth_using_subcommand call" -l color -d 'Colours' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set; elsewhere with CLICOLOR_FORCE'
always\t''
never\t''"
complete -c grpcauth -n "__fish_grpcauth_using_subcommand call" -l emit-defaults -d 'Show fields that have their default value'
complete -c grpcauth -n "__fish_grpcauth_using_subcommand call" -l allow-unknown-fields -d 'Ignore fields of the request that its type does not have'
complete -c grpcauth -n "__fish_grpcauth_using_subcommand call" -l plaintext -d 'Connect without TLS'
complete -c grpcauth -n "__fish_grpcauth_using_subcommand call" -l no-probe -d 'Make no further connection to find out why one failed'
complete -c grpcauth -n "__fish_grpcauth_using_subcommand call" -l system-roots -d 'Trust the system\'s roots beside --cacert'
complete -c grpcauth -n "__fish_grpcauth_using_subcommand call" -l insecure -d 'Continue even if verification fails (the failure is still reported); no credential is sent to an unverified server'
complete -c grpcauth -n "__fish_grpcauth_using_subcommand call" -l allow-unverified-credentials -d 'With --insecure: send the credential although the server could not be verified'
complete -c grpcauth -n "__fish_grpcauth_using_subcommand call" -l use-reflection -d 'With files given: ask the server for what they lack'
complete -c grpcauth -n "__fish_grpcauth_using_subcommand call" -l no-reflection -d 'Never ask the server; files are then needed'
complete -c grpcauth -n "__fish_grpcauth_using_subcommand call" -l allow-http-token-endpoint -d 'Send secrets to a token endpoint over plaintext, where anyone on the network can read them'
complete -c grpcauth -n "__fish_grpcauth_using_subcommand call" -l allow-plaintext-credentials -d 'Send credentials over plaintext, where anyone on the network can read them'
complete -c grpcauth -n "__fish_grpcauth_using_subcommand call" -l no-auth-on-reflection -d 'Do not send the credential with reflection requests'
complete -c grpcauth -n "__fish_grpcauth_using_subcommand call" -l show-secrets -d 'Show secrets in the output'
complete -c grpcauth -n "__fish_grpcauth_using_subcommand call" -s v -l verbose -d 'Show handshake, metadata and timings; -vv shows every frame-level fact'
complete -c grpcauth -n "__fish_grpcauth_using_subcommand call" -s q -l quiet -d 'No notices and no warnings'
complete -c grpcauth -n "__fish_grpcauth_using_subcommand call" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c grpcauth -n "__fish_grpcauth_using_subcommand call" -s V -l version -d 'Print version'
complete -c grpcauth -n "__fish_grpcauth_using_subcommand check" -l public -d 'With --anonymous: methods that may be reached, such as grpc.health.v1.Health/* (repeatable)' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand check" -l call -d 'With --anonymous: call every method, not only on loopback or where it is marked NO_SIDE_EFFECTS' -r -f -a "safe\t''
all\t''"
complete -c grpcauth -n "__fish_grpcauth_using_subcommand check" -l filter -d 'Call only these cells: identity=, method=, row=, target=, joined by `;`; patterns with * and {a,b}' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand check" -l shard -d 'Call a share of the cells: 2/8' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand check" -l var -d 'Set a variable of the suites (repeatable)' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand check" -l jobs -d 'How many calls at once' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand check" -l fail-fast -d 'Stop after the first failure, or after N' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand check" -l wait-for -d 'Retry connecting for up to this long until a first good handshake' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand check" -l authority -d 'Send this `:authority` instead of the target\'s host' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand check" -l resolve -d 'Use this address for HOST:PORT instead of looking the name up' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand check" -l connect-timeout -d 'Time for resolving, dialling and TLS' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand check" -l max-time -d 'Time for everything [default: 30s to the first message or status]' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand check" -l keepalive-time -d 'Ask a server that owes an answer and is silent for so long whether it is there, by an HTTP/2 PING; give it up after 20 s more. Many servers close connections that ping more often than every 5 minutes' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand check" -l proxy -d 'Reach the target through this proxy: http://HOST:PORT (CONNECT), socks5://HOST:PORT, or socks5h://HOST:PORT (the proxy resolves the target\'s name); `--proxy=` uses none [default: HTTPS_PROXY or ALL_PROXY, unless NO_PROXY names the target or it is loopback]' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand check" -l proxy-user -d 'The user of the proxy' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand check" -l proxy-password -d 'The password of --proxy-user [default: ask on the terminal]' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand check" -l user-agent -d 'Send this user-agent' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand check" -l cacert -d 'Trust the certificates in this PEM file, and only these (repeatable)' -r -F
complete -c grpcauth -n "__fish_grpcauth_using_subcommand check" -l cert -d 'Present this certificate chain: PEM, end-entity first, or a PKCS#12 bundle with its key' -r -F
complete -c grpcauth -n "__fish_grpcauth_using_subcommand check" -l key -d 'The private key of --cert (PEM: PKCS#8, PKCS#1 or SEC1) [default: in the --cert file]' -r -F
complete -c grpcauth -n "__fish_grpcauth_using_subcommand check" -l key-pass -d 'The passphrase of an encrypted --key, or of a PKCS#12 --cert' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand check" -l servername -d 'Verify this name, and send it as SNI, instead of the target\'s host' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand check" -l server-spiffe-id -d 'Verify that the server is this workload of a mesh, spiffe://TRUST-DOMAIN/PATH, in place of its name' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand check" -l pin -d 'Besides verifying, take this server alone: sha256//BASE64 of its key, as curl, or its certificate\'s SHA-256 in hex (repeatable: one must fit)' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand check" -l crl -d 'Refuse certificates that this revocation list of their issuer names (PEM or DER, repeatable)' -r -F
complete -c grpcauth -n "__fish_grpcauth_using_subcommand check" -l tls-min -d 'The lowest TLS version to offer' -r -f -a "1.2\t''
1.3\t''"
complete -c grpcauth -n "__fish_grpcauth_using_subcommand check" -l tls-max -d 'The highest TLS version to offer' -r -f -a "1.2\t''
1.3\t''"
complete -c grpcauth -n "__fish_grpcauth_using_subcommand check" -l warn-days -d 'Warn when a certificate expires within this many days' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand check" -l protoset -d 'Read descriptors from this FileDescriptorSet instead of asking the server (repeatable; of two if two files have the same name, the first wins)' -r -F
complete -c grpcauth -n "__fish_grpcauth_using_subcommand check" -l proto -d 'Compile this .proto source, and what it imports, instead of asking the server (repeatable; after --protoset)' -r -F
complete -c grpcauth -n "__fish_grpcauth_using_subcommand check" -l import-path -d 'Look for --proto files and their imports here [default: the current directory and the file\'s own]' -r -F
complete -c grpcauth -n "__fish_grpcauth_using_subcommand check" -l protoset-out -d 'Write the descriptors that were used to this file, as they came, dependencies first' -r -F
complete -c grpcauth -n "__fish_grpcauth_using_subcommand check" -l descriptor-cache -d '`on`: use what the server said the last time, check it beside the call, and say so if it was stale' -r -f -a "off\t''
on\t''"
complete -c grpcauth -n "__fish_grpcauth_using_subcommand check" -l format -d 'How to report' -r -f -a "text\t'messages as JSON on standard output, everything else on standard error'
json\t'one JSON document of everything that was seen, on standard output'
ndjson\t'one JSON event a line, on standard output: headers, each message, and the end'"
complete -c grpcauth -n "__fish_grpcauth_using_subcommand check" -l color -d 'Colours' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set; elsewhere with CLICOLOR_FORCE'
always\t''
never\t''"
complete -c grpcauth -n "__fish_grpcauth_using_subcommand check" -l anonymous -d 'Check a target without a suite: no method may answer without a credential'
complete -c grpcauth -n "__fish_grpcauth_using_subcommand check" -l list -d 'List the cells and what is expected of each; nothing is called but reflection, where a schema needs it'
complete -c grpcauth -n "__fish_grpcauth_using_subcommand check" -l credentials -d 'Check handshakes, credentials and each identity\'s control call alone'
complete -c grpcauth -n "__fish_grpcauth_using_subcommand check" -l safe -d 'Leave out calls that change something and are expected to be allowed'
complete -c grpcauth -n "__fish_grpcauth_using_subcommand check" -l strict -d 'Skipped cells and waivers that nothing needs fail the run, too: exit code 3'
complete -c grpcauth -n "__fish_grpcauth_using_subcommand check" -l plaintext -d 'Connect without TLS'
complete -c grpcauth -n "__fish_grpcauth_using_subcommand check" -l no-probe -d 'Make no further connection to find out why one failed'
complete -c grpcauth -n "__fish_grpcauth_using_subcommand check" -l system-roots -d 'Trust the system\'s roots beside --cacert'
complete -c grpcauth -n "__fish_grpcauth_using_subcommand check" -l insecure -d 'Continue even if verification fails (the failure is still reported); no credential is sent to an unverified server'
complete -c grpcauth -n "__fish_grpcauth_using_subcommand check" -l allow-unverified-credentials -d 'With --insecure: send the credential although the server could not be verified'
complete -c grpcauth -n "__fish_grpcauth_using_subcommand check" -l use-reflection -d 'With files given: ask the server for what they lack'
complete -c grpcauth -n "__fish_grpcauth_using_subcommand check" -l no-reflection -d 'Never ask the server; files are then needed'
complete -c grpcauth -n "__fish_grpcauth_using_subcommand check" -s v -l verbose -d 'Show handshake, metadata and timings; -vv shows every frame-level fact'
complete -c grpcauth -n "__fish_grpcauth_using_subcommand check" -s q -l quiet -d 'No notices and no warnings'
complete -c grpcauth -n "__fish_grpcauth_using_subcommand check" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c grpcauth -n "__fish_grpcauth_using_subcommand check" -s V -l version -d 'Print version'
complete -c grpcauth -n "__fish_grpcauth_using_subcommand list" -l authority -d 'Send this `:authority` instead of the target\'s host' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand list" -l resolve -d 'Use this address for HOST:PORT instead of looking the name up' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand list" -l connect-timeout -d 'Time for resolving, dialling and TLS' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand list" -l max-time -d 'Time for everything [default: 30s to the first message or status]' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand list" -l keepalive-time -d 'Ask a server that owes an answer and is silent for so long whether it is there, by an HTTP/2 PING; give it up after 20 s more. Many servers close connections that ping more often than every 5 minutes' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand list" -l proxy -d 'Reach the target through this proxy: http://HOST:PORT (CONNECT), socks5://HOST:PORT, or socks5h://HOST:PORT (the proxy resolves the target\'s name); `--proxy=` uses none [default: HTTPS_PROXY or ALL_PROXY, unless NO_PROXY names the target or it is loopback]' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand list" -l proxy-user -d 'The user of the proxy' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand list" -l proxy-password -d 'The password of --proxy-user [default: ask on the terminal]' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand list" -l user-agent -d 'Send this user-agent' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand list" -l cacert -d 'Trust the certificates in this PEM file, and only these (repeatable)' -r -F
complete -c grpcauth -n "__fish_grpcauth_using_subcommand list" -l cert -d 'Present this certificate chain: PEM, end-entity first, or a PKCS#12 bundle with its key' -r -F
complete -c grpcauth -n "__fish_grpcauth_using_subcommand list" -l key -d 'The private key of --cert (PEM: PKCS#8, PKCS#1 or SEC1) [default: in the --cert file]' -r -F
complete -c grpcauth -n "__fish_grpcauth_using_subcommand list" -l key-pass -d 'The passphrase of an encrypted --key, or of a PKCS#12 --cert' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand list" -l servername -d 'Verify this name, and send it as SNI, instead of the target\'s host' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand list" -l server-spiffe-id -d 'Verify that the server is this workload of a mesh, spiffe://TRUST-DOMAIN/PATH, in place of its name' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand list" -l pin -d 'Besides verifying, take this server alone: sha256//BASE64 of its key, as curl, or its certificate\'s SHA-256 in hex (repeatable: one must fit)' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand list" -l crl -d 'Refuse certificates that this revocation list of their issuer names (PEM or DER, repeatable)' -r -F
complete -c grpcauth -n "__fish_grpcauth_using_subcommand list" -l tls-min -d 'The lowest TLS version to offer' -r -f -a "1.2\t''
1.3\t''"
complete -c grpcauth -n "__fish_grpcauth_using_subcommand list" -l tls-max -d 'The highest TLS version to offer' -r -f -a "1.2\t''
1.3\t''"
complete -c grpcauth -n "__fish_grpcauth_using_subcommand list" -l warn-days -d 'Warn when a certificate expires within this many days' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand list" -l protoset -d 'Read descriptors from this FileDescriptorSet instead of asking the server (repeatable; of two if two files have the same name, the first wins)' -r -F
complete -c grpcauth -n "__fish_grpcauth_using_subcommand list" -l proto -d 'Compile this .proto source, and what it imports, instead of asking the server (repeatable; after --protoset)' -r -F
complete -c grpcauth -n "__fish_grpcauth_using_subcommand list" -l import-path -d 'Look for --proto files and their imports here [default: the current directory and the file\'s own]' -r -F
complete -c grpcauth -n "__fish_grpcauth_using_subcommand list" -l protoset-out -d 'Write the descriptors that were used to this file, as they came, dependencies first' -r -F
complete -c grpcauth -n "__fish_grpcauth_using_subcommand list" -l descriptor-cache -d '`on`: use what the server said the last time, check it beside the call, and say so if it was stale' -r -f -a "off\t''
on\t''"
complete -c grpcauth -n "__fish_grpcauth_using_subcommand list" -l auth -d 'The kind of credential [default: what the other flags imply]' -r -f -a "none\t'send no credential, whatever the environment or a profile says'
bearer\t'a token, sent as `authorization: Bearer …`'
basic\t'a user and a password, sent as `authorization: Basic …`'
api-key\t'a key, sent as `x-api-key: …` or under the name given'
login\t'a token from an HTTP endpoint, for a user\'s name and password'
login-rpc\t'a token from an RPC, for a user\'s name and password'
oauth\t'a grant at an OAuth 2.0 authorization server: client_credentials, refresh_token, password'
jwt\t'a JWT signed here with --assertion-key, or with a Google service account\'s key file'
exec\t'what a program prints: a token, or what kubectl\'s, git\'s and docker\'s helpers print'"
complete -c grpcauth -n "__fish_grpcauth_using_subcommand list" -l token -d 'Send a bearer token' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand list" -l scheme -d 'The scheme before the token; `--scheme=` sends the token alone [default: Bearer]' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand list" -l header-name -d 'The metadata key that carries the token' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand list" -l user -d 'The user of basic authentication, or of a login' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand list" -l password -d 'The password of --user [default: ask on the terminal]' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand list" -l api-key -d 'Send an API key; may go together with a bearer token' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand list" -l api-key-name -d 'The metadata key that carries the API key' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand list" -l login-url -d 'POST name and password here, and send the token that comes' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand list" -l login-body -d 'The login\'s data as JSON, or as a form (a=b&c=d); ${username} and ${password} are --user and --password, ${env:NAME} and ${file:PATH} other secrets [default: {"username":"${username}","password":"${password}"}]' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand list" -l token-ptr -d 'Where the token stands: a JSON Pointer, or header:NAME [default: /token, then /access_token, then /accessToken]' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand list" -l login-refresh-url -d 'POST the refresh token here for a new token' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand list" -l login-rpc -d 'Call this method without a credential, and send the token that comes; auth.v1.AuthService alone will do, its methods are known' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand list" -l login-data -d 'The request of --login-rpc, as --login-body has it' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand list" -l login-target -d 'Where --login-rpc is called [default: the target]' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand list" -l login-refresh-rpc -d 'The method that gives a new token for the refresh token' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand list" -l login-logout-rpc -d 'The method that makes the tokens void, for `token clear --log-out`' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand list" -l login-refresh-body -d 'The data of the refresh [default: {"refresh_token":"${refresh_token}"}]' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand list" -l issuer -d 'The authorization server, which says itself where its endpoints are' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand list" -l token-url -d 'The token endpoint' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand list" -l grant -d 'The grant [default: what the other flags imply, else client_credentials]' -r -f -a "client_credentials\t'the client for itself; the default'
refresh_token\t'a refresh token from an earlier login; rotated ones are kept'
password\t'a user\'s name and password; RFC 9700 forbids it to anything but tests'"
complete -c grpcauth -n "__fish_grpcauth_using_subcommand list" -l client-id -d 'The client\'s id' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand list" -l client-secret -d 'The client\'s secret' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand list" -l client-auth -d 'How the client proves who it is [default: client_secret_basic with a secret, private_key_jwt with an --assertion-key, else none]' -r -f -a "client_secret_basic\t'id and secret as Basic credentials; the default where there is a secret'
client_secret_post\t'id and secret in the request\'s body'
private_key_jwt\t'an assertion signed with --assertion-key; the default where there is one'
client_secret_jwt\t'an assertion signed with the client secret (HS256)'
tls_client_auth\t'the client certificate of the connection to the token endpoint'
none\t'a public client: its id alone'"
complete -c grpcauth -n "__fish_grpcauth_using_subcommand list" -l scope -d 'What the token is to allow (repeatable; spaces inside separate)' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand list" -l audience -d 'Whom the token is for' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand list" -l resource -d 'The resource that the token is for, an absolute URI (repeatable; RFC 8707)' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand list" -l refresh-token -d 'The refresh token of an earlier login' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand list" -l assertion-key -d 'The private key that signs: PEM or JWK' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand list" -l assertion-alg -d 'The algorithm of --assertion-key [default: RS256, ES256, ES384 or EdDSA, as the key is]' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand list" -l kid -d 'The id of --assertion-key in what it signs' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand list" -l token-cacert -d 'Trust these certificates at the token endpoint [default: those of --cacert]' -r -F
complete -c grpcauth -n "__fish_grpcauth_using_subcommand list" -l token-cert -d 'Present this certificate to the token endpoint' -r -F
complete -c grpcauth -n "__fish_grpcauth_using_subcommand list" -l token-key -d 'The private key of --token-cert' -r -F
complete -c grpcauth -n "__fish_grpcauth_using_subcommand list" -l jwt-claims -d 'With --auth jwt: what the token says beside iat, exp and jti; signed with --assertion-key' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand list" -l jwt-ttl -d 'With --auth jwt: how long the token is good for [default: 5m]' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand list" -l exec -d 'Run this program, without a shell, and send what it prints: a token, a kubectl ExecCredential, or what git\'s and docker\'s credential helpers print' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand list" -l retry-auth -d 'Whether to get a new token and call once more when a call is refused for its credential: auto does so where nothing was shown and the request can be repeated, always also after headers [default: auto]' -r -f -a "auto\t''
never\t''
always\t''"
complete -c grpcauth -n "__fish_grpcauth_using_subcommand list" -l token-cache -d 'Where fetched tokens are kept [default: auto, which is the disk for grants with a refresh token, else memory]' -r -f -a "auto\t'On disk for grants with a refresh token or a human in them, else in memory'
memory\t'As long as the process lives'
disk\t'From one run to the next'
none\t'Not at all: every credential is fetched'"
complete -c grpcauth -n "__fish_grpcauth_using_subcommand list" -s H -l header -d 'Send this metadata with every RPC, reflection too (repeatable; a -bin key takes base64; @FILE or @- reads one a line)' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand list" -l header-from -d 'Send this metadata with every RPC, its value read from SRC and kept secret (repeatable)' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand list" -l rpc-header -d 'Send this metadata with the call alone (repeatable)' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand list" -l reflect-header -d 'Send this metadata with reflection alone (repeatable)' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand list" -s P -l profile -d 'The profile to use [default: $GRPCAUTH_PROFILE, then `profile` under [defaults] in the file]' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand list" -l config -d 'The file of profiles [default: $GRPCAUTH_CONFIG, then grpcauth/config.toml in the user\'s configuration directory]' -r -F
complete -c grpcauth -n "__fish_grpcauth_using_subcommand list" -l suite -d 'Use the target and an identity of this suite, as `grpcauth check` does' -r -F
complete -c grpcauth -n "__fish_grpcauth_using_subcommand list" -l as -d 'The identity of the suite that calls' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand list" -l suite-target -d 'The target of the suite, where it has several' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand list" -l var -d 'Set a variable of the suite (repeatable)' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand list" -l format -d 'How to report' -r -f -a "text\t'messages as JSON on standard output, everything else on standard error'
json\t'one JSON document of everything that was seen, on standard output'
ndjson\t'one JSON event a line, on standard output: headers, each message, and the end'"
complete -c grpcauth -n "__fish_grpcauth_using_subcommand list" -l color -d 'Colours' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set; elsewhere with CLICOLOR_FORCE'
always\t''
never\t''"
complete -c grpcauth -n "__fish_grpcauth_using_subcommand list" -l plaintext -d 'Connect without TLS'
complete -c grpcauth -n "__fish_grpcauth_using_subcommand list" -l no-probe -d 'Make no further connection to find out why one failed'
complete -c grpcauth -n "__fish_grpcauth_using_subcommand list" -l system-roots -d 'Trust the system\'s roots beside --cacert'
complete -c grpcauth -n "__fish_grpcauth_using_subcommand list" -l insecure -d 'Continue even if verification fails (the failure is still reported); no credential is sent to an unverified server'
complete -c grpcauth -n "__fish_grpcauth_using_subcommand list" -l allow-unverified-credentials -d 'With --insecure: send the credential although the server could not be verified'
complete -c grpcauth -n "__fish_grpcauth_using_subcommand list" -l use-reflection -d 'With files given: ask the server for what they lack'
complete -c grpcauth -n "__fish_grpcauth_using_subcommand list" -l no-reflection -d 'Never ask the server; files are then needed'
complete -c grpcauth -n "__fish_grpcauth_using_subcommand list" -l allow-http-token-endpoint -d 'Send secrets to a token endpoint over plaintext, where anyone on the network can read them'
complete -c grpcauth -n "__fish_grpcauth_using_subcommand list" -l allow-plaintext-credentials -d 'Send credentials over plaintext, where anyone on the network can read them'
complete -c grpcauth -n "__fish_grpcauth_using_subcommand list" -l no-auth-on-reflection -d 'Do not send the credential with reflection requests'
complete -c grpcauth -n "__fish_grpcauth_using_subcommand list" -l show-secrets -d 'Show secrets in the output'
complete -c grpcauth -n "__fish_grpcauth_using_subcommand list" -s v -l verbose -d 'Show handshake, metadata and timings; -vv shows every frame-level fact'
complete -c grpcauth -n "__fish_grpcauth_using_subcommand list" -s q -l quiet -d 'No notices and no warnings'
complete -c grpcauth -n "__fish_grpcauth_using_subcommand list" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c grpcauth -n "__fish_grpcauth_using_subcommand list" -s V -l version -d 'Print version'
complete -c grpcauth -n "__fish_grpcauth_using_subcommand describe" -l authority -d 'Send this `:authority` instead of the target\'s host' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand describe" -l resolve -d 'Use this address for HOST:PORT instead of looking the name up' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand describe" -l connect-timeout -d 'Time for resolving, dialling and TLS' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand describe" -l max-time -d 'Time for everything [default: 30s to the first message or status]' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand describe" -l keepalive-time -d 'Ask a server that owes an answer and is silent for so long whether it is there, by an HTTP/2 PING; give it up after 20 s more. Many servers close connections that ping more often than every 5 minutes' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand describe" -l proxy -d 'Reach the target through this proxy: http://HOST:PORT (CONNECT), socks5://HOST:PORT, or socks5h://HOST:PORT (the proxy resolves the target\'s name); `--proxy=` uses none [default: HTTPS_PROXY or ALL_PROXY, unless NO_PROXY names the target or it is loopback]' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand describe" -l proxy-user -d 'The user of the proxy' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand describe" -l proxy-password -d 'The password of --proxy-user [default: ask on the terminal]' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand describe" -l user-agent -d 'Send this user-agent' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand describe" -l cacert -d 'Trust the certificates in this PEM file, and only these (repeatable)' -r -F
complete -c grpcauth -n "__fish_grpcauth_using_subcommand describe" -l cert -d 'Present this certificate chain: PEM, end-entity first, or a PKCS#12 bundle with its key' -r -F
complete -c grpcauth -n "__fish_grpcauth_using_subcommand describe" -l key -d 'The private key of --cert (PEM: PKCS#8, PKCS#1 or SEC1) [default: in the --cert file]' -r -F
complete -c grpcauth -n "__fish_grpcauth_using_subcommand describe" -l key-pass -d 'The passphrase of an encrypted --key, or of a PKCS#12 --cert' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand describe" -l servername -d 'Verify this name, and send it as SNI, instead of the target\'s host' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand describe" -l server-spiffe-id -d 'Verify that the server is this workload of a mesh, spiffe://TRUST-DOMAIN/PATH, in place of its name' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand describe" -l pin -d 'Besides verifying, take this server alone: sha256//BASE64 of its key, as curl, or its certificate\'s SHA-256 in hex (repeatable: one must fit)' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand describe" -l crl -d 'Refuse certificates that this revocation list of their issuer names (PEM or DER, repeatable)' -r -F
complete -c grpcauth -n "__fish_grpcauth_using_subcommand describe" -l tls-min -d 'The lowest TLS version to offer' -r -f -a "1.2\t''
1.3\t''"
complete -c grpcauth -n "__fish_grpcauth_using_subcommand describe" -l tls-max -d 'The highest TLS version to offer' -r -f -a "1.2\t''
1.3\t''"
complete -c grpcauth -n "__fish_grpcauth_using_subcommand describe" -l warn-days -d 'Warn when a certificate expires within this many days' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand describe" -l protoset -d 'Read descriptors from this FileDescriptorSet instead of asking the server (repeatable; of two if two files have the same name, the first wins)' -r -F
complete -c grpcauth -n "__fish_grpcauth_using_subcommand describe" -l proto -d 'Compile this .proto source, and what it imports, instead of asking the server (repeatable; after --protoset)' -r -F
complete -c grpcauth -n "__fish_grpcauth_using_subcommand describe" -l import-path -d 'Look for --proto files and their imports here [default: the current directory and the file\'s own]' -r -F
complete -c grpcauth -n "__fish_grpcauth_using_subcommand describe" -l protoset-out -d 'Write the descriptors that were used to this file, as they came, dependencies first' -r -F
complete -c grpcauth -n "__fish_grpcauth_using_subcommand describe" -l descriptor-cache -d '`on`: use what the server said the last time, check it beside the call, and say so if it was stale' -r -f -a "off\t''
on\t''"
complete -c grpcauth -n "__fish_grpcauth_using_subcommand describe" -l auth -d 'The kind of credential [default: what the other flags imply]' -r -f -a "none\t'send no credential, whatever the environment or a profile says'
bearer\t'a token, sent as `authorization: Bearer …`'
basic\t'a user and a password, sent as `authorization: Basic …`'
api-key\t'a key, sent as `x-api-key: …` or under the name given'
login\t'a token from an HTTP endpoint, for a user\'s name and password'
login-rpc\t'a token from an RPC, for a user\'s name and password'
oauth\t'a grant at an OAuth 2.0 authorization server: client_credentials, refresh_token, password'
jwt\t'a JWT signed here with --assertion-key, or with a Google service account\'s key file'
exec\t'what a program prints: a token, or what kubectl\'s, git\'s and docker\'s helpers print'"
complete -c grpcauth -n "__fish_grpcauth_using_subcommand describe" -l token -d 'Send a bearer token' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand describe" -l scheme -d 'The scheme before the token; `--scheme=` sends the token alone [default: Bearer]' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand describe" -l header-name -d 'The metadata key that carries the token' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand describe" -l user -d 'The user of basic authentication, or of a login' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand describe" -l password -d 'The password of --user [default: ask on the terminal]' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand describe" -l api-key -d 'Send an API key; may go together with a bearer token' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand describe" -l api-key-name -d 'The metadata key that carries the API key' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand describe" -l login-url -d 'POST name and password here, and send the token that comes' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand describe" -l login-body -d 'The login\'s data as JSON, or as a form (a=b&c=d); ${username} and ${password} are --user and --password, ${env:NAME} and ${file:PATH} other secrets [default: {"username":"${username}","password":"${password}"}]' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand describe" -l token-ptr -d 'Where the token stands: a JSON Pointer, or header:NAME [default: /token, then /access_token, then /accessToken]' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand describe" -l login-refresh-url -d 'POST the refresh token here for a new token' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand describe" -l login-rpc -d 'Call this method without a credential, and send the token that comes; auth.v1.AuthService alone will do, its methods are known' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand describe" -l login-data -d 'The request of --login-rpc, as --login-body has it' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand describe" -l login-target -d 'Where --login-rpc is called [default: the target]' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand describe" -l login-refresh-rpc -d 'The method that gives a new token for the refresh token' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand describe" -l login-logout-rpc -d 'The method that makes the tokens void, for `token clear --log-out`' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand describe" -l login-refresh-body -d 'The data of the refresh [default: {"refresh_token":"${refresh_token}"}]' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand describe" -l issuer -d 'The authorization server, which says itself where its endpoints are' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand describe" -l token-url -d 'The token endpoint' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand describe" -l grant -d 'The grant [default: what the other flags imply, else client_credentials]' -r -f -a "client_credentials\t'the client for itself; the default'
refresh_token\t'a refresh token from an earlier login; rotated ones are kept'
password\t'a user\'s name and password; RFC 9700 forbids it to anything but tests'"
complete -c grpcauth -n "__fish_grpcauth_using_subcommand describe" -l client-id -d 'The client\'s id' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand describe" -l client-secret -d 'The client\'s secret' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand describe" -l client-auth -d 'How the client proves who it is [default: client_secret_basic with a secret, private_key_jwt with an --assertion-key, else none]' -r -f -a "client_secret_basic\t'id and secret as Basic credentials; the default where there is a secret'
client_secret_post\t'id and secret in the request\'s body'
private_key_jwt\t'an assertion signed with --assertion-key; the default where there is one'
client_secret_jwt\t'an assertion signed with the client secret (HS256)'
tls_client_auth\t'the client certificate of the connection to the token endpoint'
none\t'a public client: its id alone'"
complete -c grpcauth -n "__fish_grpcauth_using_subcommand describe" -l scope -d 'What the token is to allow (repeatable; spaces inside separate)' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand describe" -l audience -d 'Whom the token is for' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand describe" -l resource -d 'The resource that the token is for, an absolute URI (repeatable; RFC 8707)' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand describe" -l refresh-token -d 'The refresh token of an earlier login' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand describe" -l assertion-key -d 'The private key that signs: PEM or JWK' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand describe" -l assertion-alg -d 'The algorithm of --assertion-key [default: RS256, ES256, ES384 or EdDSA, as the key is]' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand describe" -l kid -d 'The id of --assertion-key in what it signs' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand describe" -l token-cacert -d 'Trust these certificates at the token endpoint [default: those of --cacert]' -r -F
complete -c grpcauth -n "__fish_grpcauth_using_subcommand describe" -l token-cert -d 'Present this certificate to the token endpoint' -r -F
complete -c grpcauth -n "__fish_grpcauth_using_subcommand describe" -l token-key -d 'The private key of --token-cert' -r -F
complete -c grpcauth -n "__fish_grpcauth_using_subcommand describe" -l jwt-claims -d 'With --auth jwt: what the token says beside iat, exp and jti; signed with --assertion-key' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand describe" -l jwt-ttl -d 'With --auth jwt: how long the token is good for [default: 5m]' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand describe" -l exec -d 'Run this program, without a shell, and send what it prints: a token, a kubectl ExecCredential, or what git\'s and docker\'s credential helpers print' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand describe" -l retry-auth -d 'Whether to get a new token and call once more when a call is refused for its credential: auto does so where nothing was shown and the request can be repeated, always also after headers [default: auto]' -r -f -a "auto\t''
never\t''
always\t''"
complete -c grpcauth -n "__fish_grpcauth_using_subcommand describe" -l token-cache -d 'Where fetched tokens are kept [default: auto, which is the disk for grants with a refresh token, else memory]' -r -f -a "auto\t'On disk for grants with a refresh token or a human in them, else in memory'
memory\t'As long as the process lives'
disk\t'From one run to the next'
none\t'Not at all: every credential is fetched'"
complete -c grpcauth -n "__fish_grpcauth_using_subcommand describe" -s H -l header -d 'Send this metadata with every RPC, reflection too (repeatable; a -bin key takes base64; @FILE or @- reads one a line)' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand describe" -l header-from -d 'Send this metadata with every RPC, its value read from SRC and kept secret (repeatable)' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand describe" -l rpc-header -d 'Send this metadata with the call alone (repeatable)' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand describe" -l reflect-header -d 'Send this metadata with reflection alone (repeatable)' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand describe" -s P -l profile -d 'The profile to use [default: $GRPCAUTH_PROFILE, then `profile` under [defaults] in the file]' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand describe" -l config -d 'The file of profiles [default: $GRPCAUTH_CONFIG, then grpcauth/config.toml in the user\'s configuration directory]' -r -F
complete -c grpcauth -n "__fish_grpcauth_using_subcommand describe" -l suite -d 'Use the target and an identity of this suite, as `grpcauth check` does' -r -F
complete -c grpcauth -n "__fish_grpcauth_using_subcommand describe" -l as -d 'The identity of the suite that calls' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand describe" -l suite-target -d 'The target of the suite, where it has several' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand describe" -l var -d 'Set a variable of the suite (repeatable)' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand describe" -l format -d 'How to report' -r -f -a "text\t'messages as JSON on standard output, everything else on standard error'
json\t'one JSON document of everything that was seen, on standard output'
ndjson\t'one JSON event a line, on standard output: headers, each message, and the end'"
complete -c grpcauth -n "__fish_grpcauth_using_subcommand describe" -l color -d 'Colours' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set; elsewhere with CLICOLOR_FORCE'
always\t''
never\t''"
complete -c grpcauth -n "__fish_grpcauth_using_subcommand describe" -l template -l msg-template -d 'Print a JSON request to fill in, for a message or a method, instead of its source'
complete -c grpcauth -n "__fish_grpcauth_using_subcommand describe" -l plaintext -d 'Connect without TLS'
complete -c grpcauth -n "__fish_grpcauth_using_subcommand describe" -l no-probe -d 'Make no further connection to find out why one failed'
complete -c grpcauth -n "__fish_grpcauth_using_subcommand describe" -l system-roots -d 'Trust the system\'s roots beside --cacert'
complete -c grpcauth -n "__fish_grpcauth_using_subcommand describe" -l insecure -d 'Continue even if verification fails (the failure is still reported); no credential is sent to an unverified server'
complete -c grpcauth -n "__fish_grpcauth_using_subcommand describe" -l allow-unverified-credentials -d 'With --insecure: send the credential although the server could not be verified'
complete -c grpcauth -n "__fish_grpcauth_using_subcommand describe" -l use-reflection -d 'With files given: ask the server for what they lack'
complete -c grpcauth -n "__fish_grpcauth_using_subcommand describe" -l no-reflection -d 'Never ask the server; files are then needed'
complete -c grpcauth -n "__fish_grpcauth_using_subcommand describe" -l allow-http-token-endpoint -d 'Send secrets to a token endpoint over plaintext, where anyone on the network can read them'
complete -c grpcauth -n "__fish_grpcauth_using_subcommand describe" -l allow-plaintext-credentials -d 'Send credentials over plaintext, where anyone on the network can read them'
complete -c grpcauth -n "__fish_grpcauth_using_subcommand describe" -l no-auth-on-reflection -d 'Do not send the credential with reflection requests'
complete -c grpcauth -n "__fish_grpcauth_using_subcommand describe" -l show-secrets -d 'Show secrets in the output'
complete -c grpcauth -n "__fish_grpcauth_using_subcommand describe" -s v -l verbose -d 'Show handshake, metadata and timings; -vv shows every frame-level fact'
complete -c grpcauth -n "__fish_grpcauth_using_subcommand describe" -s q -l quiet -d 'No notices and no warnings'
complete -c grpcauth -n "__fish_grpcauth_using_subcommand describe" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c grpcauth -n "__fish_grpcauth_using_subcommand describe" -s V -l version -d 'Print version'
complete -c grpcauth -n "__fish_grpcauth_using_subcommand handshake" -l chain-pem -d 'Write the chain as the server presented it to this file, as PEM; also when it is refused' -r -F
complete -c grpcauth -n "__fish_grpcauth_using_subcommand handshake" -l authority -d 'Send this `:authority` instead of the target\'s host' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand handshake" -l resolve -d 'Use this address for HOST:PORT instead of looking the name up' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand handshake" -l connect-timeout -d 'Time for resolving, dialling and TLS' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand handshake" -l max-time -d 'Time for everything [default: 30s to the first message or status]' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand handshake" -l keepalive-time -d 'Ask a server that owes an answer and is silent for so long whether it is there, by an HTTP/2 PING; give it up after 20 s more. Many servers close connections that ping more often than every 5 minutes' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand handshake" -l proxy -d 'Reach the target through this proxy: http://HOST:PORT (CONNECT), socks5://HOST:PORT, or socks5h://HOST:PORT (the proxy resolves the target\'s name); `--proxy=` uses none [default: HTTPS_PROXY or ALL_PROXY, unless NO_PROXY names the target or it is loopback]' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand handshake" -l proxy-user -d 'The user of the proxy' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand handshake" -l proxy-password -d 'The password of --proxy-user [default: ask on the terminal]' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand handshake" -l user-agent -d 'Send this user-agent' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand handshake" -l cacert -d 'Trust the certificates in this PEM file, and only these (repeatable)' -r -F
complete -c grpcauth -n "__fish_grpcauth_using_subcommand handshake" -l cert -d 'Present this certificate chain: PEM, end-entity first, or a PKCS#12 bundle with its key' -r -F
complete -c grpcauth -n "__fish_grpcauth_using_subcommand handshake" -l key -d 'The private key of --cert (PEM: PKCS#8, PKCS#1 or SEC1) [default: in the --cert file]' -r -F
complete -c grpcauth -n "__fish_grpcauth_using_subcommand handshake" -l key-pass -d 'The passphrase of an encrypted --key, or of a PKCS#12 --cert' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand handshake" -l servername -d 'Verify this name, and send it as SNI, instead of the target\'s host' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand handshake" -l server-spiffe-id -d 'Verify that the server is this workload of a mesh, spiffe://TRUST-DOMAIN/PATH, in place of its name' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand handshake" -l pin -d 'Besides verifying, take this server alone: sha256//BASE64 of its key, as curl, or its certificate\'s SHA-256 in hex (repeatable: one must fit)' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand handshake" -l crl -d 'Refuse certificates that this revocation list of their issuer names (PEM or DER, repeatable)' -r -F
complete -c grpcauth -n "__fish_grpcauth_using_subcommand handshake" -l tls-min -d 'The lowest TLS version to offer' -r -f -a "1.2\t''
1.3\t''"
complete -c grpcauth -n "__fish_grpcauth_using_subcommand handshake" -l tls-max -d 'The highest TLS version to offer' -r -f -a "1.2\t''
1.3\t''"
complete -c grpcauth -n "__fish_grpcauth_using_subcommand handshake" -l warn-days -d 'Warn when a certificate expires within this many days' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand handshake" -s P -l profile -d 'The profile to use [default: $GRPCAUTH_PROFILE, then `profile` under [defaults] in the file]' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand handshake" -l config -d 'The file of profiles [default: $GRPCAUTH_CONFIG, then grpcauth/config.toml in the user\'s configuration directory]' -r -F
complete -c grpcauth -n "__fish_grpcauth_using_subcommand handshake" -l suite -d 'Use the target and an identity of this suite, as `grpcauth check` does' -r -F
complete -c grpcauth -n "__fish_grpcauth_using_subcommand handshake" -l as -d 'The identity of the suite that calls' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand handshake" -l suite-target -d 'The target of the suite, where it has several' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand handshake" -l var -d 'Set a variable of the suite (repeatable)' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand handshake" -l format -d 'How to report' -r -f -a "text\t'messages as JSON on standard output, everything else on standard error'
json\t'one JSON document of everything that was seen, on standard output'
ndjson\t'one JSON event a line, on standard output: headers, each message, and the end'"
complete -c grpcauth -n "__fish_grpcauth_using_subcommand handshake" -l color -d 'Colours' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set; elsewhere with CLICOLOR_FORCE'
always\t''
never\t''"
complete -c grpcauth -n "__fish_grpcauth_using_subcommand handshake" -l all-addresses -d 'Shake hands with every address of the name, not just the first that answers'
complete -c grpcauth -n "__fish_grpcauth_using_subcommand handshake" -l plaintext -d 'Connect without TLS'
complete -c grpcauth -n "__fish_grpcauth_using_subcommand handshake" -l no-probe -d 'Make no further connection to find out why one failed'
complete -c grpcauth -n "__fish_grpcauth_using_subcommand handshake" -l system-roots -d 'Trust the system\'s roots beside --cacert'
complete -c grpcauth -n "__fish_grpcauth_using_subcommand handshake" -l insecure -d 'Continue even if verification fails (the failure is still reported); no credential is sent to an unverified server'
complete -c grpcauth -n "__fish_grpcauth_using_subcommand handshake" -l allow-unverified-credentials -d 'With --insecure: send the credential although the server could not be verified'
complete -c grpcauth -n "__fish_grpcauth_using_subcommand handshake" -s v -l verbose -d 'Show handshake, metadata and timings; -vv shows every frame-level fact'
complete -c grpcauth -n "__fish_grpcauth_using_subcommand handshake" -s q -l quiet -d 'No notices and no warnings'
complete -c grpcauth -n "__fish_grpcauth_using_subcommand handshake" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c grpcauth -n "__fish_grpcauth_using_subcommand handshake" -s V -l version -d 'Print version'
complete -c grpcauth -n "__fish_grpcauth_using_subcommand health" -l expect -d 'Expected status of the RPC: statuses, `allowed` or `denied`; then the exit code is 0 or 1' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand health" -l wait-for -d 'Retry connecting for up to this long, until a first good handshake; --max-time begins after it' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand health" -l compress -d 'Compress the request' -r -f -a "gzip\t''"
complete -c grpcauth -n "__fish_grpcauth_using_subcommand health" -l authority -d 'Send this `:authority` instead of the target\'s host' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand health" -l resolve -d 'Use this address for HOST:PORT instead of looking the name up' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand health" -l connect-timeout -d 'Time for resolving, dialling and TLS' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand health" -l max-time -d 'Time for everything [default: 30s to the first message or status]' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand health" -l keepalive-time -d 'Ask a server that owes an answer and is silent for so long whether it is there, by an HTTP/2 PING; give it up after 20 s more. Many servers close connections that ping more often than every 5 minutes' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand health" -l proxy -d 'Reach the target through this proxy: http://HOST:PORT (CONNECT), socks5://HOST:PORT, or socks5h://HOST:PORT (the proxy resolves the target\'s name); `--proxy=` uses none [default: HTTPS_PROXY or ALL_PROXY, unless NO_PROXY names the target or it is loopback]' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand health" -l proxy-user -d 'The user of the proxy' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand health" -l proxy-password -d 'The password of --proxy-user [default: ask on the terminal]' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand health" -l user-agent -d 'Send this user-agent' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand health" -l cacert -d 'Trust the certificates in this PEM file, and only these (repeatable)' -r -F
complete -c grpcauth -n "__fish_grpcauth_using_subcommand health" -l cert -d 'Present this certificate chain: PEM, end-entity first, or a PKCS#12 bundle with its key' -r -F
complete -c grpcauth -n "__fish_grpcauth_using_subcommand health" -l key -d 'The private key of --cert (PEM: PKCS#8, PKCS#1 or SEC1) [default: in the --cert file]' -r -F
complete -c grpcauth -n "__fish_grpcauth_using_subcommand health" -l key-pass -d 'The passphrase of an encrypted --key, or of a PKCS#12 --cert' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand health" -l servername -d 'Verify this name, and send it as SNI, instead of the target\'s host' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand health" -l server-spiffe-id -d 'Verify that the server is this workload of a mesh, spiffe://TRUST-DOMAIN/PATH, in place of its name' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand health" -l pin -d 'Besides verifying, take this server alone: sha256//BASE64 of its key, as curl, or its certificate\'s SHA-256 in hex (repeatable: one must fit)' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand health" -l crl -d 'Refuse certificates that this revocation list of their issuer names (PEM or DER, repeatable)' -r -F
complete -c grpcauth -n "__fish_grpcauth_using_subcommand health" -l tls-min -d 'The lowest TLS version to offer' -r -f -a "1.2\t''
1.3\t''"
complete -c grpcauth -n "__fish_grpcauth_using_subcommand health" -l tls-max -d 'The highest TLS version to offer' -r -f -a "1.2\t''
1.3\t''"
complete -c grpcauth -n "__fish_grpcauth_using_subcommand health" -l warn-days -d 'Warn when a certificate expires within this many days' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand health" -l auth -d 'The kind of credential [default: what the other flags imply]' -r -f -a "none\t'send no credential, whatever the environment or a profile says'
bearer\t'a token, sent as `authorization: Bearer …`'
basic\t'a user and a password, sent as `authorization: Basic …`'
api-key\t'a key, sent as `x-api-key: …` or under the name given'
login\t'a token from an HTTP endpoint, for a user\'s name and password'
login-rpc\t'a token from an RPC, for a user\'s name and password'
oauth\t'a grant at an OAuth 2.0 authorization server: client_credentials, refresh_token, password'
jwt\t'a JWT signed here with --assertion-key, or with a Google service account\'s key file'
exec\t'what a program prints: a token, or what kubectl\'s, git\'s and docker\'s helpers print'"
complete -c grpcauth -n "__fish_grpcauth_using_subcommand health" -l token -d 'Send a bearer token' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand health" -l scheme -d 'The scheme before the token; `--scheme=` sends the token alone [default: Bearer]' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand health" -l header-name -d 'The metadata key that carries the token' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand health" -l user -d 'The user of basic authentication, or of a login' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand health" -l password -d 'The password of --user [default: ask on the terminal]' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand health" -l api-key -d 'Send an API key; may go together with a bearer token' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand health" -l api-key-name -d 'The metadata key that carries the API key' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand health" -l login-url -d 'POST name and password here, and send the token that comes' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand health" -l login-body -d 'The login\'s data as JSON, or as a form (a=b&c=d); ${username} and ${password} are --user and --password, ${env:NAME} and ${file:PATH} other secrets [default: {"username":"${username}","password":"${password}"}]' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand health" -l token-ptr -d 'Where the token stands: a JSON Pointer, or header:NAME [default: /token, then /access_token, then /accessToken]' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand health" -l login-refresh-url -d 'POST the refresh token here for a new token' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand health" -l login-rpc -d 'Call this method without a credential, and send the token that comes; auth.v1.AuthService alone will do, its methods are known' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand health" -l login-data -d 'The request of --login-rpc, as --login-body has it' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand health" -l login-target -d 'Where --login-rpc is called [default: the target]' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand health" -l login-refresh-rpc -d 'The method that gives a new token for the refresh token' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand health" -l login-logout-rpc -d 'The method that makes the tokens void, for `token clear --log-out`' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand health" -l login-refresh-body -d 'The data of the refresh [default: {"refresh_token":"${refresh_token}"}]' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand health" -l issuer -d 'The authorization server, which says itself where its endpoints are' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand health" -l token-url -d 'The token endpoint' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand health" -l grant -d 'The grant [default: what the other flags imply, else client_credentials]' -r -f -a "client_credentials\t'the client for itself; the default'
refresh_token\t'a refresh token from an earlier login; rotated ones are kept'
password\t'a user\'s name and password; RFC 9700 forbids it to anything but tests'"
complete -c grpcauth -n "__fish_grpcauth_using_subcommand health" -l client-id -d 'The client\'s id' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand health" -l client-secret -d 'The client\'s secret' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand health" -l client-auth -d 'How the client proves who it is [default: client_secret_basic with a secret, private_key_jwt with an --assertion-key, else none]' -r -f -a "client_secret_basic\t'id and secret as Basic credentials; the default where there is a secret'
client_secret_post\t'id and secret in the request\'s body'
private_key_jwt\t'an assertion signed with --assertion-key; the default where there is one'
client_secret_jwt\t'an assertion signed with the client secret (HS256)'
tls_client_auth\t'the client certificate of the connection to the token endpoint'
none\t'a public client: its id alone'"
complete -c grpcauth -n "__fish_grpcauth_using_subcommand health" -l scope -d 'What the token is to allow (repeatable; spaces inside separate)' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand health" -l audience -d 'Whom the token is for' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand health" -l resource -d 'The resource that the token is for, an absolute URI (repeatable; RFC 8707)' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand health" -l refresh-token -d 'The refresh token of an earlier login' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand health" -l assertion-key -d 'The private key that signs: PEM or JWK' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand health" -l assertion-alg -d 'The algorithm of --assertion-key [default: RS256, ES256, ES384 or EdDSA, as the key is]' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand health" -l kid -d 'The id of --assertion-key in what it signs' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand health" -l token-cacert -d 'Trust these certificates at the token endpoint [default: those of --cacert]' -r -F
complete -c grpcauth -n "__fish_grpcauth_using_subcommand health" -l token-cert -d 'Present this certificate to the token endpoint' -r -F
complete -c grpcauth -n "__fish_grpcauth_using_subcommand health" -l token-key -d 'The private key of --token-cert' -r -F
complete -c grpcauth -n "__fish_grpcauth_using_subcommand health" -l jwt-claims -d 'With --auth jwt: what the token says beside iat, exp and jti; signed with --assertion-key' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand health" -l jwt-ttl -d 'With --auth jwt: how long the token is good for [default: 5m]' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand health" -l exec -d 'Run this program, without a shell, and send what it prints: a token, a kubectl ExecCredential, or what git\'s and docker\'s credential helpers print' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand health" -l retry-auth -d 'Whether to get a new token and call once more when a call is refused for its credential: auto does so where nothing was shown and the request can be repeated, always also after headers [default: auto]' -r -f -a "auto\t''
never\t''
always\t''"
complete -c grpcauth -n "__fish_grpcauth_using_subcommand health" -l token-cache -d 'Where fetched tokens are kept [default: auto, which is the disk for grants with a refresh token, else memory]' -r -f -a "auto\t'On disk for grants with a refresh token or a human in them, else in memory'
memory\t'As long as the process lives'
disk\t'From one run to the next'
none\t'Not at all: every credential is fetched'"
complete -c grpcauth -n "__fish_grpcauth_using_subcommand health" -s H -l header -d 'Send this metadata with every RPC, reflection too (repeatable; a -bin key takes base64; @FILE or @- reads one a line)' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand health" -l header-from -d 'Send this metadata with every RPC, its value read from SRC and kept secret (repeatable)' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand health" -l rpc-header -d 'Send this metadata with the call alone (repeatable)' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand health" -l reflect-header -d 'Send this metadata with reflection alone (repeatable)' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand health" -s P -l profile -d 'The profile to use [default: $GRPCAUTH_PROFILE, then `profile` under [defaults] in the file]' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand health" -l config -d 'The file of profiles [default: $GRPCAUTH_CONFIG, then grpcauth/config.toml in the user\'s configuration directory]' -r -F
complete -c grpcauth -n "__fish_grpcauth_using_subcommand health" -l suite -d 'Use the target and an identity of this suite, as `grpcauth check` does' -r -F
complete -c grpcauth -n "__fish_grpcauth_using_subcommand health" -l as -d 'The identity of the suite that calls' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand health" -l suite-target -d 'The target of the suite, where it has several' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand health" -l var -d 'Set a variable of the suite (repeatable)' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand health" -l format -d 'How to report' -r -f -a "text\t'messages as JSON on standard output, everything else on standard error'
json\t'one JSON document of everything that was seen, on standard output'
ndjson\t'one JSON event a line, on standard output: headers, each message, and the end'"
complete -c grpcauth -n "__fish_grpcauth_using_subcommand health" -l color -d 'Colours' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set; elsewhere with CLICOLOR_FORCE'
always\t''
never\t''"
complete -c grpcauth -n "__fish_grpcauth_using_subcommand health" -l watch -d 'Follow the status as it changes, until interrupted'
complete -c grpcauth -n "__fish_grpcauth_using_subcommand health" -l plaintext -d 'Connect without TLS'
complete -c grpcauth -n "__fish_grpcauth_using_subcommand health" -l no-probe -d 'Make no further connection to find out why one failed'
complete -c grpcauth -n "__fish_grpcauth_using_subcommand health" -l system-roots -d 'Trust the system\'s roots beside --cacert'
complete -c grpcauth -n "__fish_grpcauth_using_subcommand health" -l insecure -d 'Continue even if verification fails (the failure is still reported); no credential is sent to an unverified server'
complete -c grpcauth -n "__fish_grpcauth_using_subcommand health" -l allow-unverified-credentials -d 'With --insecure: send the credential although the server could not be verified'
complete -c grpcauth -n "__fish_grpcauth_using_subcommand health" -l allow-http-token-endpoint -d 'Send secrets to a token endpoint over plaintext, where anyone on the network can read them'
complete -c grpcauth -n "__fish_grpcauth_using_subcommand health" -l allow-plaintext-credentials -d 'Send credentials over plaintext, where anyone on the network can read them'
complete -c grpcauth -n "__fish_grpcauth_using_subcommand health" -l no-auth-on-reflection -d 'Do not send the credential with reflection requests'
complete -c grpcauth -n "__fish_grpcauth_using_subcommand health" -l show-secrets -d 'Show secrets in the output'
complete -c grpcauth -n "__fish_grpcauth_using_subcommand health" -s v -l verbose -d 'Show handshake, metadata and timings; -vv shows every frame-level fact'
complete -c grpcauth -n "__fish_grpcauth_using_subcommand health" -s q -l quiet -d 'No notices and no warnings'
complete -c grpcauth -n "__fish_grpcauth_using_subcommand health" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c grpcauth -n "__fish_grpcauth_using_subcommand health" -s V -l version -d 'Print version'
complete -c grpcauth -n "__fish_grpcauth_using_subcommand explain" -l color -d 'Colours' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set; elsewhere with CLICOLOR_FORCE'
always\t''
never\t''"
complete -c grpcauth -n "__fish_grpcauth_using_subcommand explain" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c grpcauth -n "__fish_grpcauth_using_subcommand explain" -s V -l version -d 'Print version'
complete -c grpcauth -n "__fish_grpcauth_using_subcommand token; and not __fish_seen_subcommand_from get refresh explain mint verify clear help" -s h -l help -d 'Print help'
complete -c grpcauth -n "__fish_grpcauth_using_subcommand token; and not __fish_seen_subcommand_from get refresh explain mint verify clear help" -s V -l version -d 'Print version'
complete -c grpcauth -n "__fish_grpcauth_using_subcommand token; and not __fish_seen_subcommand_from get refresh explain mint verify clear help" -f -a "get" -d 'Obtain a token as a call would, and print it alone'
complete -c grpcauth -n "__fish_grpcauth_using_subcommand token; and not __fish_seen_subcommand_from get refresh explain mint verify clear help" -f -a "refresh" -d 'Obtain a new token whatever is kept, keep it, and print it alone'
complete -c grpcauth -n "__fish_grpcauth_using_subcommand token; and not __fish_seen_subcommand_from get refresh explain mint verify clear help" -f -a "explain" -d 'Say what a token is, what it claims, and what a server would refuse in it'
complete -c grpcauth -n "__fish_grpcauth_using_subcommand token; and not __fish_seen_subcommand_from get refresh explain mint verify clear help" -f -a "mint" -d 'Sign a JWT, and print it alone'
complete -c grpcauth -n "__fish_grpcauth_using_subcommand token; and not __fish_seen_subcommand_from get refresh explain mint verify clear help" -f -a "verify" -d 'Verify a token\'s signature and claims'
complete -c grpcauth -n "__fish_grpcauth_using_subcommand token; and not __fish_seen_subcommand_from get refresh explain mint verify clear help" -f -a "clear" -d 'Forget the tokens that are kept: all, or those of one credential'
complete -c grpcauth -n "__fish_grpcauth_using_subcommand token; and not __fish_seen_subcommand_from get refresh explain mint verify clear help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c grpcauth -n "__fish_grpcauth_using_subcommand token; and __fish_seen_subcommand_from get" -l auth -d 'The kind of credential [default: what the other flags imply]' -r -f -a "none\t'send no credential, whatever the environment or a profile says'
bearer\t'a token, sent as `authorization: Bearer …`'
basic\t'a user and a password, sent as `authorization: Basic …`'
api-key\t'a key, sent as `x-api-key: …` or under the name given'
login\t'a token from an HTTP endpoint, for a user\'s name and password'
login-rpc\t'a token from an RPC, for a user\'s name and password'
oauth\t'a grant at an OAuth 2.0 authorization server: client_credentials, refresh_token, password'
jwt\t'a JWT signed here with --assertion-key, or with a Google service account\'s key file'
exec\t'what a program prints: a token, or what kubectl\'s, git\'s and docker\'s helpers print'"
complete -c grpcauth -n "__fish_grpcauth_using_subcommand token; and __fish_seen_subcommand_from get" -l token -d 'Send a bearer token' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand token; and __fish_seen_subcommand_from get" -l scheme -d 'The scheme before the token; `--scheme=` sends the token alone [default: Bearer]' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand token; and __fish_seen_subcommand_from get" -l header-name -d 'The metadata key that carries the token' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand token; and __fish_seen_subcommand_from get" -l user -d 'The user of basic authentication, or of a login' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand token; and __fish_seen_subcommand_from get" -l password -d 'The password of --user [default: ask on the terminal]' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand token; and __fish_seen_subcommand_from get" -l api-key -d 'Send an API key; may go together with a bearer token' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand token; and __fish_seen_subcommand_from get" -l api-key-name -d 'The metadata key that carries the API key' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand token; and __fish_seen_subcommand_from get" -l login-url -d 'POST name and password here, and send the token that comes' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand token; and __fish_seen_subcommand_from get" -l login-body -d 'The login\'s data as JSON, or as a form (a=b&c=d); ${username} and ${password} are --user and --password, ${env:NAME} and ${file:PATH} other secrets [default: {"username":"${username}","password":"${password}"}]' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand token; and __fish_seen_subcommand_from get" -l token-ptr -d 'Where the token stands: a JSON Pointer, or header:NAME [default: /token, then /access_token, then /accessToken]' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand token; and __fish_seen_subcommand_from get" -l login-refresh-url -d 'POST the refresh token here for a new token' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand token; and __fish_seen_subcommand_from get" -l login-rpc -d 'Call this method without a credential, and send the token that comes; auth.v1.AuthService alone will do, its methods are known' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand token; and __fish_seen_subcommand_from get" -l login-data -d 'The request of --login-rpc, as --login-body has it' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand token; and __fish_seen_subcommand_from get" -l login-target -d 'Where --login-rpc is called [default: the target]' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand token; and __fish_seen_subcommand_from get" -l login-refresh-rpc -d 'The method that gives a new token for the refresh token' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand token; and __fish_seen_subcommand_from get" -l login-logout-rpc -d 'The method that makes the tokens void, for `token clear --log-out`' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand token; and __fish_seen_subcommand_from get" -l login-refresh-body -d 'The data of the refresh [default: {"refresh_token":"${refresh_token}"}]' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand token; and __fish_seen_subcommand_from get" -l issuer -d 'The authorization server, which says itself where its endpoints are' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand token; and __fish_seen_subcommand_from get" -l token-url -d 'The token endpoint' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand token; and __fish_seen_subcommand_from get" -l grant -d 'The grant [default: what the other flags imply, else client_credentials]' -r -f -a "client_credentials\t'the client for itself; the default'
refresh_token\t'a refresh token from an earlier login; rotated ones are kept'
password\t'a user\'s name and password; RFC 9700 forbids it to anything but tests'"
complete -c grpcauth -n "__fish_grpcauth_using_subcommand token; and __fish_seen_subcommand_from get" -l client-id -d 'The client\'s id' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand token; and __fish_seen_subcommand_from get" -l client-secret -d 'The client\'s secret' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand token; and __fish_seen_subcommand_from get" -l client-auth -d 'How the client proves who it is [default: client_secret_basic with a secret, private_key_jwt with an --assertion-key, else none]' -r -f -a "client_secret_basic\t'id and secret as Basic credentials; the default where there is a secret'
client_secret_post\t'id and secret in the request\'s body'
private_key_jwt\t'an assertion signed with --assertion-key; the default where there is one'
client_secret_jwt\t'an assertion signed with the client secret (HS256)'
tls_client_auth\t'the client certificate of the connection to the token endpoint'
none\t'a public client: its id alone'"
complete -c grpcauth -n "__fish_grpcauth_using_subcommand token; and __fish_seen_subcommand_from get" -l scope -d 'What the token is to allow (repeatable; spaces inside separate)' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand token; and __fish_seen_subcommand_from get" -l audience -d 'Whom the token is for' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand token; and __fish_seen_subcommand_from get" -l resource -d 'The resource that the token is for, an absolute URI (repeatable; RFC 8707)' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand token; and __fish_seen_subcommand_from get" -l refresh-token -d 'The refresh token of an earlier login' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand token; and __fish_seen_subcommand_from get" -l assertion-key -d 'The private key that signs: PEM or JWK' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand token; and __fish_seen_subcommand_from get" -l assertion-alg -d 'The algorithm of --assertion-key [default: RS256, ES256, ES384 or EdDSA, as the key is]' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand token; and __fish_seen_subcommand_from get" -l kid -d 'The id of --assertion-key in what it signs' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand token; and __fish_seen_subcommand_from get" -l token-cacert -d 'Trust these certificates at the token endpoint [default: those of --cacert]' -r -F
complete -c grpcauth -n "__fish_grpcauth_using_subcommand token; and __fish_seen_subcommand_from get" -l token-cert -d 'Present this certificate to the token endpoint' -r -F
complete -c grpcauth -n "__fish_grpcauth_using_subcommand token; and __fish_seen_subcommand_from get" -l token-key -d 'The private key of --token-cert' -r -F
complete -c grpcauth -n "__fish_grpcauth_using_subcommand token; and __fish_seen_subcommand_from get" -l jwt-claims -d 'With --auth jwt: what the token says beside iat, exp and jti; signed with --assertion-key' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand token; and __fish_seen_subcommand_from get" -l jwt-ttl -d 'With --auth jwt: how long the token is good for [default: 5m]' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand token; and __fish_seen_subcommand_from get" -l exec -d 'Run this program, without a shell, and send what it prints: a token, a kubectl ExecCredential, or what git\'s and docker\'s credential helpers print' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand token; and __fish_seen_subcommand_from get" -l retry-auth -d 'Whether to get a new token and call once more when a call is refused for its credential: auto does so where nothing was shown and the request can be repeated, always also after headers [default: auto]' -r -f -a "auto\t''
never\t''
always\t''"
complete -c grpcauth -n "__fish_grpcauth_using_subcommand token; and __fish_seen_subcommand_from get" -l token-cache -d 'Where fetched tokens are kept [default: auto, which is the disk for grants with a refresh token, else memory]' -r -f -a "auto\t'On disk for grants with a refresh token or a human in them, else in memory'
memory\t'As long as the process lives'
disk\t'From one run to the next'
none\t'Not at all: every credential is fetched'"
complete -c grpcauth -n "__fish_grpcauth_using_subcommand token; and __fish_seen_subcommand_from get" -l authority -d 'Send this `:authority` instead of the target\'s host' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand token; and __fish_seen_subcommand_from get" -l resolve -d 'Use this address for HOST:PORT instead of looking the name up' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand token; and __fish_seen_subcommand_from get" -l connect-timeout -d 'Time for resolving, dialling and TLS' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand token; and __fish_seen_subcommand_from get" -l max-time -d 'Time for everything [default: 30s to the first message or status]' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand token; and __fish_seen_subcommand_from get" -l keepalive-time -d 'Ask a server that owes an answer and is silent for so long whether it is there, by an HTTP/2 PING; give it up after 20 s more. Many servers close connections that ping more often than every 5 minutes' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand token; and __fish_seen_subcommand_from get" -l proxy -d 'Reach the target through this proxy: http://HOST:PORT (CONNECT), socks5://HOST:PORT, or socks5h://HOST:PORT (the proxy resolves the target\'s name); `--proxy=` uses none [default: HTTPS_PROXY or ALL_PROXY, unless NO_PROXY names the target or it is loopback]' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand token; and __fish_seen_subcommand_from get" -l proxy-user -d 'The user of the proxy' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand token; and __fish_seen_subcommand_from get" -l proxy-password -d 'The password of --proxy-user [default: ask on the terminal]' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand token; and __fish_seen_subcommand_from get" -l user-agent -d 'Send this user-agent' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand token; and __fish_seen_subcommand_from get" -l cacert -d 'Trust the certificates in this PEM file, and only these (repeatable)' -r -F
complete -c grpcauth -n "__fish_grpcauth_using_subcommand token; and __fish_seen_subcommand_from get" -l cert -d 'Present this certificate chain: PEM, end-entity first, or a PKCS#12 bundle with its key' -r -F
complete -c grpcauth -n "__fish_grpcauth_using_subcommand token; and __fish_seen_subcommand_from get" -l key -d 'The private key of --cert (PEM: PKCS#8, PKCS#1 or SEC1) [default: in the --cert file]' -r -F
complete -c grpcauth -n "__fish_grpcauth_using_subcommand token; and __fish_seen_subcommand_from get" -l key-pass -d 'The passphrase of an encrypted --key, or of a PKCS#12 --cert' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand token; and __fish_seen_subcommand_from get" -l servername -d 'Verify this name, and send it as SNI, instead of the target\'s host' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand token; and __fish_seen_subcommand_from get" -l server-spiffe-id -d 'Verify that the server is this workload of a mesh, spiffe://TRUST-DOMAIN/PATH, in place of its name' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand token; and __fish_seen_subcommand_from get" -l pin -d 'Besides verifying, take this server alone: sha256//BASE64 of its key, as curl, or its certificate\'s SHA-256 in hex (repeatable: one must fit)' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand token; and __fish_seen_subcommand_from get" -l crl -d 'Refuse certificates that this revocation list of their issuer names (PEM or DER, repeatable)' -r -F
complete -c grpcauth -n "__fish_grpcauth_using_subcommand token; and __fish_seen_subcommand_from get" -l tls-min -d 'The lowest TLS version to offer' -r -f -a "1.2\t''
1.3\t''"
complete -c grpcauth -n "__fish_grpcauth_using_subcommand token; and __fish_seen_subcommand_from get" -l tls-max -d 'The highest TLS version to offer' -r -f -a "1.2\t''
1.3\t''"
complete -c grpcauth -n "__fish_grpcauth_using_subcommand token; and __fish_seen_subcommand_from get" -l warn-days -d 'Warn when a certificate expires within this many days' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand token; and __fish_seen_subcommand_from get" -l protoset -d 'Read descriptors from this FileDescriptorSet instead of asking the server (repeatable; of two if two files have the same name, the first wins)' -r -F
complete -c grpcauth -n "__fish_grpcauth_using_subcommand token; and __fish_seen_subcommand_from get" -l proto -d 'Compile this .proto source, and what it imports, instead of asking the server (repeatable; after --protoset)' -r -F
complete -c grpcauth -n "__fish_grpcauth_using_subcommand token; and __fish_seen_subcommand_from get" -l import-path -d 'Look for --proto files and their imports here [default: the current directory and the file\'s own]' -r -F
complete -c grpcauth -n "__fish_grpcauth_using_subcommand token; and __fish_seen_subcommand_from get" -l protoset-out -d 'Write the descriptors that were used to this file, as they came, dependencies first' -r -F
complete -c grpcauth -n "__fish_grpcauth_using_subcommand token; and __fish_seen_subcommand_from get" -l descriptor-cache -d '`on`: use what the server said the last time, check it beside the call, and say so if it was stale' -r -f -a "off\t''
on\t''"
complete -c grpcauth -n "__fish_grpcauth_using_subcommand token; and __fish_seen_subcommand_from get" -s P -l profile -d 'The profile to use [default: $GRPCAUTH_PROFILE, then `profile` under [defaults] in the file]' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand token; and __fish_seen_subcommand_from get" -l config -d 'The file of profiles [default: $GRPCAUTH_CONFIG, then grpcauth/config.toml in the user\'s configuration directory]' -r -F
complete -c grpcauth -n "__fish_grpcauth_using_subcommand token; and __fish_seen_subcommand_from get" -l suite -d 'Use the target and an identity of this suite, as `grpcauth check` does' -r -F
complete -c grpcauth -n "__fish_grpcauth_using_subcommand token; and __fish_seen_subcommand_from get" -l as -d 'The identity of the suite that calls' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand token; and __fish_seen_subcommand_from get" -l suite-target -d 'The target of the suite, where it has several' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand token; and __fish_seen_subcommand_from get" -l var -d 'Set a variable of the suite (repeatable)' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand token; and __fish_seen_subcommand_from get" -l format -d 'How to report' -r -f -a "text\t'messages as JSON on standard output, everything else on standard error'
json\t'one JSON document of everything that was seen, on standard output'
ndjson\t'one JSON event a line, on standard output: headers, each message, and the end'"
complete -c grpcauth -n "__fish_grpcauth_using_subcommand token; and __fish_seen_subcommand_from get" -l color -d 'Colours' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set; elsewhere with CLICOLOR_FORCE'
always\t''
never\t''"
complete -c grpcauth -n "__fish_grpcauth_using_subcommand token; and __fish_seen_subcommand_from get" -l allow-http-token-endpoint -d 'Send secrets to a token endpoint over plaintext, where anyone on the network can read them'
complete -c grpcauth -n "__fish_grpcauth_using_subcommand token; and __fish_seen_subcommand_from get" -l allow-plaintext-credentials -d 'Send credentials over plaintext, where anyone on the network can read them'
complete -c grpcauth -n "__fish_grpcauth_using_subcommand token; and __fish_seen_subcommand_from get" -l no-auth-on-reflection -d 'Do not send the credential with reflection requests'
complete -c grpcauth -n "__fish_grpcauth_using_subcommand token; and __fish_seen_subcommand_from get" -l show-secrets -d 'Show secrets in the output'
complete -c grpcauth -n "__fish_grpcauth_using_subcommand token; and __fish_seen_subcommand_from get" -l plaintext -d 'Connect without TLS'
complete -c grpcauth -n "__fish_grpcauth_using_subcommand token; and __fish_seen_subcommand_from get" -l no-probe -d 'Make no further connection to find out why one failed'
complete -c grpcauth -n "__fish_grpcauth_using_subcommand token; and __fish_seen_subcommand_from get" -l system-roots -d 'Trust the system\'s roots beside --cacert'
complete -c grpcauth -n "__fish_grpcauth_using_subcommand token; and __fish_seen_subcommand_from get" -l insecure -d 'Continue even if verification fails (the failure is still reported); no credential is sent to an unverified server'
complete -c grpcauth -n "__fish_grpcauth_using_subcommand token; and __fish_seen_subcommand_from get" -l allow-unverified-credentials -d 'With --insecure: send the credential although the server could not be verified'
complete -c grpcauth -n "__fish_grpcauth_using_subcommand token; and __fish_seen_subcommand_from get" -l use-reflection -d 'With files given: ask the server for what they lack'
complete -c grpcauth -n "__fish_grpcauth_using_subcommand token; and __fish_seen_subcommand_from get" -l no-reflection -d 'Never ask the server; files are then needed'
complete -c grpcauth -n "__fish_grpcauth_using_subcommand token; and __fish_seen_subcommand_from get" -s v -l verbose -d 'Show handshake, metadata and timings; -vv shows every frame-level fact'
complete -c grpcauth -n "__fish_grpcauth_using_subcommand token; and __fish_seen_subcommand_from get" -s q -l quiet -d 'No notices and no warnings'
complete -c grpcauth -n "__fish_grpcauth_using_subcommand token; and __fish_seen_subcommand_from get" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c grpcauth -n "__fish_grpcauth_using_subcommand token; and __fish_seen_subcommand_from get" -s V -l version -d 'Print version'
complete -c grpcauth -n "__fish_grpcauth_using_subcommand token; and __fish_seen_subcommand_from refresh" -l auth -d 'The kind of credential [default: what the other flags imply]' -r -f -a "none\t'send no credential, whatever the environment or a profile says'
bearer\t'a token, sent as `authorization: Bearer …`'
basic\t'a user and a password, sent as `authorization: Basic …`'
api-key\t'a key, sent as `x-api-key: …` or under the name given'
login\t'a token from an HTTP endpoint, for a user\'s name and password'
login-rpc\t'a token from an RPC, for a user\'s name and password'
oauth\t'a grant at an OAuth 2.0 authorization server: client_credentials, refresh_token, password'
jwt\t'a JWT signed here with --assertion-key, or with a Google service account\'s key file'
exec\t'what a program prints: a token, or what kubectl\'s, git\'s and docker\'s helpers print'"
complete -c grpcauth -n "__fish_grpcauth_using_subcommand token; and __fish_seen_subcommand_from refresh" -l token -d 'Send a bearer token' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand token; and __fish_seen_subcommand_from refresh" -l scheme -d 'The scheme before the token; `--scheme=` sends the token alone [default: Bearer]' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand token; and __fish_seen_subcommand_from refresh" -l header-name -d 'The metadata key that carries the token' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand token; and __fish_seen_subcommand_from refresh" -l user -d 'The user of basic authentication, or of a login' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand token; and __fish_seen_subcommand_from refresh" -l password -d 'The password of --user [default: ask on the terminal]' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand token; and __fish_seen_subcommand_from refresh" -l api-key -d 'Send an API key; may go together with a bearer token' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand token; and __fish_seen_subcommand_from refresh" -l api-key-name -d 'The metadata key that carries the API key' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand token; and __fish_seen_subcommand_from refresh" -l login-url -d 'POST name and password here, and send the token that comes' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand token; and __fish_seen_subcommand_from refresh" -l login-body -d 'The login\'s data as JSON, or as a form (a=b&c=d); ${username} and ${password} are --user and --password, ${env:NAME} and ${file:PATH} other secrets [default: {"username":"${username}","password":"${password}"}]' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand token; and __fish_seen_subcommand_from refresh" -l token-ptr -d 'Where the token stands: a JSON Pointer, or header:NAME [default: /token, then /access_token, then /accessToken]' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand token; and __fish_seen_subcommand_from refresh" -l login-refresh-url -d 'POST the refresh token here for a new token' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand token; and __fish_seen_subcommand_from refresh" -l login-rpc -d 'Call this method without a credential, and send the token that comes; auth.v1.AuthService alone will do, its methods are known' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand token; and __fish_seen_subcommand_from refresh" -l login-data -d 'The request of --login-rpc, as --login-body has it' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand token; and __fish_seen_subcommand_from refresh" -l login-target -d 'Where --login-rpc is called [default: the target]' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand token; and __fish_seen_subcommand_from refresh" -l login-refresh-rpc -d 'The method that gives a new token for the refresh token' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand token; and __fish_seen_subcommand_from refresh" -l login-logout-rpc -d 'The method that makes the tokens void, for `token clear --log-out`' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand token; and __fish_seen_subcommand_from refresh" -l login-refresh-body -d 'The data of the refresh [default: {"refresh_token":"${refresh_token}"}]' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand token; and __fish_seen_subcommand_from refresh" -l issuer -d 'The authorization server, which says itself where its endpoints are' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand token; and __fish_seen_subcommand_from refresh" -l token-url -d 'The token endpoint' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand token; and __fish_seen_subcommand_from refresh" -l grant -d 'The grant [default: what the other flags imply, else client_credentials]' -r -f -a "client_credentials\t'the client for itself; the default'
refresh_token\t'a refresh token from an earlier login; rotated ones are kept'
password\t'a user\'s name and password; RFC 9700 forbids it to anything but tests'"
complete -c grpcauth -n "__fish_grpcauth_using_subcommand token; and __fish_seen_subcommand_from refresh" -l client-id -d 'The client\'s id' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand token; and __fish_seen_subcommand_from refresh" -l client-secret -d 'The client\'s secret' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand token; and __fish_seen_subcommand_from refresh" -l client-auth -d 'How the client proves who it is [default: client_secret_basic with a secret, private_key_jwt with an --assertion-key, else none]' -r -f -a "client_secret_basic\t'id and secret as Basic credentials; the default where there is a secret'
client_secret_post\t'id and secret in the request\'s body'
private_key_jwt\t'an assertion signed with --assertion-key; the default where there is one'
client_secret_jwt\t'an assertion signed with the client secret (HS256)'
tls_client_auth\t'the client certificate of the connection to the token endpoint'
none\t'a public client: its id alone'"
complete -c grpcauth -n "__fish_grpcauth_using_subcommand token; and __fish_seen_subcommand_from refresh" -l scope -d 'What the token is to allow (repeatable; spaces inside separate)' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand token; and __fish_seen_subcommand_from refresh" -l audience -d 'Whom the token is for' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand token; and __fish_seen_subcommand_from refresh" -l resource -d 'The resource that the token is for, an absolute URI (repeatable; RFC 8707)' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand token; and __fish_seen_subcommand_from refresh" -l refresh-token -d 'The refresh token of an earlier login' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand token; and __fish_seen_subcommand_from refresh" -l assertion-key -d 'The private key that signs: PEM or JWK' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand token; and __fish_seen_subcommand_from refresh" -l assertion-alg -d 'The algorithm of --assertion-key [default: RS256, ES256, ES384 or EdDSA, as the key is]' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand token; and __fish_seen_subcommand_from refresh" -l kid -d 'The id of --assertion-key in what it signs' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand token; and __fish_seen_subcommand_from refresh" -l token-cacert -d 'Trust these certificates at the token endpoint [default: those of --cacert]' -r -F
complete -c grpcauth -n "__fish_grpcauth_using_subcommand token; and __fish_seen_subcommand_from refresh" -l token-cert -d 'Present this certificate to the token endpoint' -r -F
complete -c grpcauth -n "__fish_grpcauth_using_subcommand token; and __fish_seen_subcommand_from refresh" -l token-key -d 'The private key of --token-cert' -r -F
complete -c grpcauth -n "__fish_grpcauth_using_subcommand token; and __fish_seen_subcommand_from refresh" -l jwt-claims -d 'With --auth jwt: what the token says beside iat, exp and jti; signed with --assertion-key' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand token; and __fish_seen_subcommand_from refresh" -l jwt-ttl -d 'With --auth jwt: how long the token is good for [default: 5m]' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand token; and __fish_seen_subcommand_from refresh" -l exec -d 'Run this program, without a shell, and send what it prints: a token, a kubectl ExecCredential, or what git\'s and docker\'s credential helpers print' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand token; and __fish_seen_subcommand_from refresh" -l retry-auth -d 'Whether to get a new token and call once more when a call is refused for its credential: auto does so where nothing was shown and the request can be repeated, always also after headers [default: auto]' -r -f -a "auto\t''
never\t''
always\t''"
complete -c grpcauth -n "__fish_grpcauth_using_subcommand token; and __fish_seen_subcommand_from refresh" -l token-cache -d 'Where fetched tokens are kept [default: auto, which is the disk for grants with a refresh token, else memory]' -r -f -a "auto\t'On disk for grants with a refresh token or a human in them, else in memory'
memory\t'As long as the process lives'
disk\t'From one run to the next'
none\t'Not at all: every credential is fetched'"
complete -c grpcauth -n "__fish_grpcauth_using_subcommand token; and __fish_seen_subcommand_from refresh" -l authority -d 'Send this `:authority` instead of the target\'s host' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand token; and __fish_seen_subcommand_from refresh" -l resolve -d 'Use this address for HOST:PORT instead of looking the name up' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand token; and __fish_seen_subcommand_from refresh" -l connect-timeout -d 'Time for resolving, dialling and TLS' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand token; and __fish_seen_subcommand_from refresh" -l max-time -d 'Time for everything [default: 30s to the first message or status]' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand token; and __fish_seen_subcommand_from refresh" -l keepalive-time -d 'Ask a server that owes an answer and is silent for so long whether it is there, by an HTTP/2 PING; give it up after 20 s more. Many servers close connections that ping more often than every 5 minutes' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand token; and __fish_seen_subcommand_from refresh" -l proxy -d 'Reach the target through this proxy: http://HOST:PORT (CONNECT), socks5://HOST:PORT, or socks5h://HOST:PORT (the proxy resolves the target\'s name); `--proxy=` uses none [default: HTTPS_PROXY or ALL_PROXY, unless NO_PROXY names the target or it is loopback]' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand token; and __fish_seen_subcommand_from refresh" -l proxy-user -d 'The user of the proxy' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand token; and __fish_seen_subcommand_from refresh" -l proxy-password -d 'The password of --proxy-user [default: ask on the terminal]' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand token; and __fish_seen_subcommand_from refresh" -l user-agent -d 'Send this user-agent' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand token; and __fish_seen_subcommand_from refresh" -l cacert -d 'Trust the certificates in this PEM file, and only these (repeatable)' -r -F
complete -c grpcauth -n "__fish_grpcauth_using_subcommand token; and __fish_seen_subcommand_from refresh" -l cert -d 'Present this certificate chain: PEM, end-entity first, or a PKCS#12 bundle with its key' -r -F
complete -c grpcauth -n "__fish_grpcauth_using_subcommand token; and __fish_seen_subcommand_from refresh" -l key -d 'The private key of --cert (PEM: PKCS#8, PKCS#1 or SEC1) [default: in the --cert file]' -r -F
complete -c grpcauth -n "__fish_grpcauth_using_subcommand token; and __fish_seen_subcommand_from refresh" -l key-pass -d 'The passphrase of an encrypted --key, or of a PKCS#12 --cert' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand token; and __fish_seen_subcommand_from refresh" -l servername -d 'Verify this name, and send it as SNI, instead of the target\'s host' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand token; and __fish_seen_subcommand_from refresh" -l server-spiffe-id -d 'Verify that the server is this workload of a mesh, spiffe://TRUST-DOMAIN/PATH, in place of its name' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand token; and __fish_seen_subcommand_from refresh" -l pin -d 'Besides verifying, take this server alone: sha256//BASE64 of its key, as curl, or its certificate\'s SHA-256 in hex (repeatable: one must fit)' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand token; and __fish_seen_subcommand_from refresh" -l crl -d 'Refuse certificates that this revocation list of their issuer names (PEM or DER, repeatable)' -r -F
complete -c grpcauth -n "__fish_grpcauth_using_subcommand token; and __fish_seen_subcommand_from refresh" -l tls-min -d 'The lowest TLS version to offer' -r -f -a "1.2\t''
1.3\t''"
complete -c grpcauth -n "__fish_grpcauth_using_subcommand token; and __fish_seen_subcommand_from refresh" -l tls-max -d 'The highest TLS version to offer' -r -f -a "1.2\t''
1.3\t''"
complete -c grpcauth -n "__fish_grpcauth_using_subcommand token; and __fish_seen_subcommand_from refresh" -l warn-days -d 'Warn when a certificate expires within this many days' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand token; and __fish_seen_subcommand_from refresh" -l protoset -d 'Read descriptors from this FileDescriptorSet instead of asking the server (repeatable; of two if two files have the same name, the first wins)' -r -F
complete -c grpcauth -n "__fish_grpcauth_using_subcommand token; and __fish_seen_subcommand_from refresh" -l proto -d 'Compile this .proto source, and what it imports, instead of asking the server (repeatable; after --protoset)' -r -F
complete -c grpcauth -n "__fish_grpcauth_using_subcommand token; and __fish_seen_subcommand_from refresh" -l import-path -d 'Look for --proto files and their imports here [default: the current directory and the file\'s own]' -r -F
complete -c grpcauth -n "__fish_grpcauth_using_subcommand token; and __fish_seen_subcommand_from refresh" -l protoset-out -d 'Write the descriptors that were used to this file, as they came, dependencies first' -r -F
complete -c grpcauth -n "__fish_grpcauth_using_subcommand token; and __fish_seen_subcommand_from refresh" -l descriptor-cache -d '`on`: use what the server said the last time, check it beside the call, and say so if it was stale' -r -f -a "off\t''
on\t''"
complete -c grpcauth -n "__fish_grpcauth_using_subcommand token; and __fish_seen_subcommand_from refresh" -s P -l profile -d 'The profile to use [default: $GRPCAUTH_PROFILE, then `profile` under [defaults] in the file]' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand token; and __fish_seen_subcommand_from refresh" -l config -d 'The file of profiles [default: $GRPCAUTH_CONFIG, then grpcauth/config.toml in the user\'s configuration directory]' -r -F
complete -c grpcauth -n "__fish_grpcauth_using_subcommand token; and __fish_seen_subcommand_from refresh" -l suite -d 'Use the target and an identity of this suite, as `grpcauth check` does' -r -F
complete -c grpcauth -n "__fish_grpcauth_using_subcommand token; and __fish_seen_subcommand_from refresh" -l as -d 'The identity of the suite that calls' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand token; and __fish_seen_subcommand_from refresh" -l suite-target -d 'The target of the suite, where it has several' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand token; and __fish_seen_subcommand_from refresh" -l var -d 'Set a variable of the suite (repeatable)' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand token; and __fish_seen_subcommand_from refresh" -l format -d 'How to report' -r -f -a "text\t'messages as JSON on standard output, everything else on standard error'
json\t'one JSON document of everything that was seen, on standard output'
ndjson\t'one JSON event a line, on standard output: headers, each message, and the end'"
complete -c grpcauth -n "__fish_grpcauth_using_subcommand token; and __fish_seen_subcommand_from refresh" -l color -d 'Colours' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set; elsewhere with CLICOLOR_FORCE'
always\t''
never\t''"
complete -c grpcauth -n "__fish_grpcauth_using_subcommand token; and __fish_seen_subcommand_from refresh" -l allow-http-token-endpoint -d 'Send secrets to a token endpoint over plaintext, where anyone on the network can read them'
complete -c grpcauth -n "__fish_grpcauth_using_subcommand token; and __fish_seen_subcommand_from refresh" -l allow-plaintext-credentials -d 'Send credentials over plaintext, where anyone on the network can read them'
complete -c grpcauth -n "__fish_grpcauth_using_subcommand token; and __fish_seen_subcommand_from refresh" -l no-auth-on-reflection -d 'Do not send the credential with reflection requests'
complete -c grpcauth -n "__fish_grpcauth_using_subcommand token; and __fish_seen_subcommand_from refresh" -l show-secrets -d 'Show secrets in the output'
complete -c grpcauth -n "__fish_grpcauth_using_subcommand token; and __fish_seen_subcommand_from refresh" -l plaintext -d 'Connect without TLS'
complete -c grpcauth -n "__fish_grpcauth_using_subcommand token; and __fish_seen_subcommand_from refresh" -l no-probe -d 'Make no further connection to find out why one failed'
complete -c grpcauth -n "__fish_grpcauth_using_subcommand token; and __fish_seen_subcommand_from refresh" -l system-roots -d 'Trust the system\'s roots beside --cacert'
complete -c grpcauth -n "__fish_grpcauth_using_subcommand token; and __fish_seen_subcommand_from refresh" -l insecure -d 'Continue even if verification fails (the failure is still reported); no credential is sent to an unverified server'
complete -c grpcauth -n "__fish_grpcauth_using_subcommand token; and __fish_seen_subcommand_from refresh" -l allow-unverified-credentials -d 'With --insecure: send the credential although the server could not be verified'
complete -c grpcauth -n "__fish_grpcauth_using_subcommand token; and __fish_seen_subcommand_from refresh" -l use-reflection -d 'With files given: ask the server for what they lack'
complete -c grpcauth -n "__fish_grpcauth_using_subcommand token; and __fish_seen_subcommand_from refresh" -l no-reflection -d 'Never ask the server; files are then needed'
complete -c grpcauth -n "__fish_grpcauth_using_subcommand token; and __fish_seen_subcommand_from refresh" -s v -l verbose -d 'Show handshake, metadata and timings; -vv shows every frame-level fact'
complete -c grpcauth -n "__fish_grpcauth_using_subcommand token; and __fish_seen_subcommand_from refresh" -s q -l quiet -d 'No notices and no warnings'
complete -c grpcauth -n "__fish_grpcauth_using_subcommand token; and __fish_seen_subcommand_from refresh" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c grpcauth -n "__fish_grpcauth_using_subcommand token; and __fish_seen_subcommand_from refresh" -s V -l version -d 'Print version'
complete -c grpcauth -n "__fish_grpcauth_using_subcommand token; and __fish_seen_subcommand_from explain" -l audience -d 'The audience that must be in aud [default: aud is not compared]' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand token; and __fish_seen_subcommand_from explain" -l at -d 'Evaluate as of this time: 2026-11-21T10:00:00Z, or seconds since 1970' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand token; and __fish_seen_subcommand_from explain" -l key -d 'Verify with this key: a PEM public key, certificate or private key, a JWK, or, with --alg HS256, HS384 or HS512, a shared secret' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand token; and __fish_seen_subcommand_from explain" -l jwk -d 'Verify with the JWK in this file' -r -F
complete -c grpcauth -n "__fish_grpcauth_using_subcommand token; and __fish_seen_subcommand_from explain" -l jwks -d 'Verify with the key of this JWK Set that the token names' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand token; and __fish_seen_subcommand_from explain" -l issuer -d 'Verify with the keys that this issuer\'s metadata name (OpenID Connect Discovery, RFC 8414); iss must be it' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand token; and __fish_seen_subcommand_from explain" -l cacert -d 'Trust the certificates in this PEM file, and only these, for --issuer and a URL of --jwks (repeatable)' -r -F
complete -c grpcauth -n "__fish_grpcauth_using_subcommand token; and __fish_seen_subcommand_from explain" -l alg -d 'Take this algorithm alone; a bare RSA key fits RS256 and PS256 alike [default: all that the key fits]' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand token; and __fish_seen_subcommand_from explain" -l cert -d 'Compare a token\'s certificate binding (cnf, RFC 8705) with this client certificate' -r -F
complete -c grpcauth -n "__fish_grpcauth_using_subcommand token; and __fish_seen_subcommand_from explain" -l format -d 'How to report' -r -f -a "text\t'messages as JSON on standard output, everything else on standard error'
json\t'one JSON document of everything that was seen, on standard output'
ndjson\t'one JSON event a line, on standard output: headers, each message, and the end'"
complete -c grpcauth -n "__fish_grpcauth_using_subcommand token; and __fish_seen_subcommand_from explain" -l color -d 'Colours' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set; elsewhere with CLICOLOR_FORCE'
always\t''
never\t''"
complete -c grpcauth -n "__fish_grpcauth_using_subcommand token; and __fish_seen_subcommand_from explain" -s v -l verbose -d 'Show handshake, metadata and timings; -vv shows every frame-level fact'
complete -c grpcauth -n "__fish_grpcauth_using_subcommand token; and __fish_seen_subcommand_from explain" -s q -l quiet -d 'No notices and no warnings'
complete -c grpcauth -n "__fish_grpcauth_using_subcommand token; and __fish_seen_subcommand_from explain" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c grpcauth -n "__fish_grpcauth_using_subcommand token; and __fish_seen_subcommand_from explain" -s V -l version -d 'Print version'
complete -c grpcauth -n "__fish_grpcauth_using_subcommand token; and __fish_seen_subcommand_from mint" -l alg -d 'The algorithm, such as HS256, RS256, PS256, ES256, EdDSA [default: what the key is for]' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand token; and __fish_seen_subcommand_from mint" -l key -d 'The key: PEM (PKCS#8, PKCS#1 or SEC1), a private JWK, or a shared secret' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand token; and __fish_seen_subcommand_from mint" -l kid -d 'The key\'s id in the header [default: that of the JWK]' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand token; and __fish_seen_subcommand_from mint" -l typ -d 'The type in the header' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand token; and __fish_seen_subcommand_from mint" -l claim -d 'A claim (repeatable)' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand token; and __fish_seen_subcommand_from mint" -l claims -d 'Claims as a JSON object; @FILE reads a file, @- standard input' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand token; and __fish_seen_subcommand_from mint" -l ttl -d 'How long the token is good, from now' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand token; and __fish_seen_subcommand_from mint" -l format -d 'How to report' -r -f -a "text\t'messages as JSON on standard output, everything else on standard error'
json\t'one JSON document of everything that was seen, on standard output'
ndjson\t'one JSON event a line, on standard output: headers, each message, and the end'"
complete -c grpcauth -n "__fish_grpcauth_using_subcommand token; and __fish_seen_subcommand_from mint" -l color -d 'Colours' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set; elsewhere with CLICOLOR_FORCE'
always\t''
never\t''"
complete -c grpcauth -n "__fish_grpcauth_using_subcommand token; and __fish_seen_subcommand_from mint" -l insecure-alg-none -d 'With --alg none: mint a token that is not signed, to try whether a server takes one'
complete -c grpcauth -n "__fish_grpcauth_using_subcommand token; and __fish_seen_subcommand_from mint" -s v -l verbose -d 'Show handshake, metadata and timings; -vv shows every frame-level fact'
complete -c grpcauth -n "__fish_grpcauth_using_subcommand token; and __fish_seen_subcommand_from mint" -s q -l quiet -d 'No notices and no warnings'
complete -c grpcauth -n "__fish_grpcauth_using_subcommand token; and __fish_seen_subcommand_from mint" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c grpcauth -n "__fish_grpcauth_using_subcommand token; and __fish_seen_subcommand_from mint" -s V -l version -d 'Print version'
complete -c grpcauth -n "__fish_grpcauth_using_subcommand token; and __fish_seen_subcommand_from verify" -l key -d 'Verify with this key: a PEM public key, certificate or private key, a JWK, or, with --alg HS256, HS384 or HS512, a shared secret' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand token; and __fish_seen_subcommand_from verify" -l jwk -d 'Verify with the JWK in this file' -r -F
complete -c grpcauth -n "__fish_grpcauth_using_subcommand token; and __fish_seen_subcommand_from verify" -l jwks -d 'Verify with the key of this JWK Set that the token names' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand token; and __fish_seen_subcommand_from verify" -l issuer -d 'Verify with the keys that this issuer\'s metadata name (OpenID Connect Discovery, RFC 8414); iss must be it' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand token; and __fish_seen_subcommand_from verify" -l cacert -d 'Trust the certificates in this PEM file, and only these, for --issuer and a URL of --jwks (repeatable)' -r -F
complete -c grpcauth -n "__fish_grpcauth_using_subcommand token; and __fish_seen_subcommand_from verify" -l alg -d 'Take this algorithm alone; a bare RSA key fits RS256 and PS256 alike [default: all that the key fits]' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand token; and __fish_seen_subcommand_from verify" -l audience -d 'The audience that must be in aud [default: aud is not compared]' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand token; and __fish_seen_subcommand_from verify" -l at -d 'Evaluate as of this time: 2026-11-21T10:00:00Z, or seconds since 1970' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand token; and __fish_seen_subcommand_from verify" -l format -d 'How to report' -r -f -a "text\t'messages as JSON on standard output, everything else on standard error'
json\t'one JSON document of everything that was seen, on standard output'
ndjson\t'one JSON event a line, on standard output: headers, each message, and the end'"
complete -c grpcauth -n "__fish_grpcauth_using_subcommand token; and __fish_seen_subcommand_from verify" -l color -d 'Colours' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set; elsewhere with CLICOLOR_FORCE'
always\t''
never\t''"
complete -c grpcauth -n "__fish_grpcauth_using_subcommand token; and __fish_seen_subcommand_from verify" -l raw-payload -d 'Verify the signature alone, of a JWS whose payload need not be claims'
complete -c grpcauth -n "__fish_grpcauth_using_subcommand token; and __fish_seen_subcommand_from verify" -s v -l verbose -d 'Show handshake, metadata and timings; -vv shows every frame-level fact'
complete -c grpcauth -n "__fish_grpcauth_using_subcommand token; and __fish_seen_subcommand_from verify" -s q -l quiet -d 'No notices and no warnings'
complete -c grpcauth -n "__fish_grpcauth_using_subcommand token; and __fish_seen_subcommand_from verify" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c grpcauth -n "__fish_grpcauth_using_subcommand token; and __fish_seen_subcommand_from verify" -s V -l version -d 'Print version'
complete -c grpcauth -n "__fish_grpcauth_using_subcommand token; and __fish_seen_subcommand_from clear" -l auth -d 'The kind of credential [default: what the other flags imply]' -r -f -a "none\t'send no credential, whatever the environment or a profile says'
bearer\t'a token, sent as `authorization: Bearer …`'
basic\t'a user and a password, sent as `authorization: Basic …`'
api-key\t'a key, sent as `x-api-key: …` or under the name given'
login\t'a token from an HTTP endpoint, for a user\'s name and password'
login-rpc\t'a token from an RPC, for a user\'s name and password'
oauth\t'a grant at an OAuth 2.0 authorization server: client_credentials, refresh_token, password'
jwt\t'a JWT signed here with --assertion-key, or with a Google service account\'s key file'
exec\t'what a program prints: a token, or what kubectl\'s, git\'s and docker\'s helpers print'"
complete -c grpcauth -n "__fish_grpcauth_using_subcommand token; and __fish_seen_subcommand_from clear" -l token -d 'Send a bearer token' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand token; and __fish_seen_subcommand_from clear" -l scheme -d 'The scheme before the token; `--scheme=` sends the token alone [default: Bearer]' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand token; and __fish_seen_subcommand_from clear" -l header-name -d 'The metadata key that carries the token' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand token; and __fish_seen_subcommand_from clear" -l user -d 'The user of basic authentication, or of a login' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand token; and __fish_seen_subcommand_from clear" -l password -d 'The password of --user [default: ask on the terminal]' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand token; and __fish_seen_subcommand_from clear" -l api-key -d 'Send an API key; may go together with a bearer token' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand token; and __fish_seen_subcommand_from clear" -l api-key-name -d 'The metadata key that carries the API key' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand token; and __fish_seen_subcommand_from clear" -l login-url -d 'POST name and password here, and send the token that comes' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand token; and __fish_seen_subcommand_from clear" -l login-body -d 'The login\'s data as JSON, or as a form (a=b&c=d); ${username} and ${password} are --user and --password, ${env:NAME} and ${file:PATH} other secrets [default: {"username":"${username}","password":"${password}"}]' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand token; and __fish_seen_subcommand_from clear" -l token-ptr -d 'Where the token stands: a JSON Pointer, or header:NAME [default: /token, then /access_token, then /accessToken]' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand token; and __fish_seen_subcommand_from clear" -l login-refresh-url -d 'POST the refresh token here for a new token' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand token; and __fish_seen_subcommand_from clear" -l login-rpc -d 'Call this method without a credential, and send the token that comes; auth.v1.AuthService alone will do, its methods are known' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand token; and __fish_seen_subcommand_from clear" -l login-data -d 'The request of --login-rpc, as --login-body has it' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand token; and __fish_seen_subcommand_from clear" -l login-target -d 'Where --login-rpc is called [default: the target]' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand token; and __fish_seen_subcommand_from clear" -l login-refresh-rpc -d 'The method that gives a new token for the refresh token' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand token; and __fish_seen_subcommand_from clear" -l login-logout-rpc -d 'The method that makes the tokens void, for `token clear --log-out`' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand token; and __fish_seen_subcommand_from clear" -l login-refresh-body -d 'The data of the refresh [default: {"refresh_token":"${refresh_token}"}]' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand token; and __fish_seen_subcommand_from clear" -l issuer -d 'The authorization server, which says itself where its endpoints are' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand token; and __fish_seen_subcommand_from clear" -l token-url -d 'The token endpoint' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand token; and __fish_seen_subcommand_from clear" -l grant -d 'The grant [default: what the other flags imply, else client_credentials]' -r -f -a "client_credentials\t'the client for itself; the default'
refresh_token\t'a refresh token from an earlier login; rotated ones are kept'
password\t'a user\'s name and password; RFC 9700 forbids it to anything but tests'"
complete -c grpcauth -n "__fish_grpcauth_using_subcommand token; and __fish_seen_subcommand_from clear" -l client-id -d 'The client\'s id' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand token; and __fish_seen_subcommand_from clear" -l client-secret -d 'The client\'s secret' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand token; and __fish_seen_subcommand_from clear" -l client-auth -d 'How the client proves who it is [default: client_secret_basic with a secret, private_key_jwt with an --assertion-key, else none]' -r -f -a "client_secret_basic\t'id and secret as Basic credentials; the default where there is a secret'
client_secret_post\t'id and secret in the request\'s body'
private_key_jwt\t'an assertion signed with --assertion-key; the default where there is one'
client_secret_jwt\t'an assertion signed with the client secret (HS256)'
tls_client_auth\t'the client certificate of the connection to the token endpoint'
none\t'a public client: its id alone'"
complete -c grpcauth -n "__fish_grpcauth_using_subcommand token; and __fish_seen_subcommand_from clear" -l scope -d 'What the token is to allow (repeatable; spaces inside separate)' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand token; and __fish_seen_subcommand_from clear" -l audience -d 'Whom the token is for' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand token; and __fish_seen_subcommand_from clear" -l resource -d 'The resource that the token is for, an absolute URI (repeatable; RFC 8707)' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand token; and __fish_seen_subcommand_from clear" -l refresh-token -d 'The refresh token of an earlier login' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand token; and __fish_seen_subcommand_from clear" -l assertion-key -d 'The private key that signs: PEM or JWK' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand token; and __fish_seen_subcommand_from clear" -l assertion-alg -d 'The algorithm of --assertion-key [default: RS256, ES256, ES384 or EdDSA, as the key is]' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand token; and __fish_seen_subcommand_from clear" -l kid -d 'The id of --assertion-key in what it signs' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand token; and __fish_seen_subcommand_from clear" -l token-cacert -d 'Trust these certificates at the token endpoint [default: those of --cacert]' -r -F
complete -c grpcauth -n "__fish_grpcauth_using_subcommand token; and __fish_seen_subcommand_from clear" -l token-cert -d 'Present this certificate to the token endpoint' -r -F
complete -c grpcauth -n "__fish_grpcauth_using_subcommand token; and __fish_seen_subcommand_from clear" -l token-key -d 'The private key of --token-cert' -r -F
complete -c grpcauth -n "__fish_grpcauth_using_subcommand token; and __fish_seen_subcommand_from clear" -l jwt-claims -d 'With --auth jwt: what the token says beside iat, exp and jti; signed with --assertion-key' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand token; and __fish_seen_subcommand_from clear" -l jwt-ttl -d 'With --auth jwt: how long the token is good for [default: 5m]' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand token; and __fish_seen_subcommand_from clear" -l exec -d 'Run this program, without a shell, and send what it prints: a token, a kubectl ExecCredential, or what git\'s and docker\'s credential helpers print' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand token; and __fish_seen_subcommand_from clear" -l retry-auth -d 'Whether to get a new token and call once more when a call is refused for its credential: auto does so where nothing was shown and the request can be repeated, always also after headers [default: auto]' -r -f -a "auto\t''
never\t''
always\t''"
complete -c grpcauth -n "__fish_grpcauth_using_subcommand token; and __fish_seen_subcommand_from clear" -l token-cache -d 'Where fetched tokens are kept [default: auto, which is the disk for grants with a refresh token, else memory]' -r -f -a "auto\t'On disk for grants with a refresh token or a human in them, else in memory'
memory\t'As long as the process lives'
disk\t'From one run to the next'
none\t'Not at all: every credential is fetched'"
complete -c grpcauth -n "__fish_grpcauth_using_subcommand token; and __fish_seen_subcommand_from clear" -l authority -d 'Send this `:authority` instead of the target\'s host' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand token; and __fish_seen_subcommand_from clear" -l resolve -d 'Use this address for HOST:PORT instead of looking the name up' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand token; and __fish_seen_subcommand_from clear" -l connect-timeout -d 'Time for resolving, dialling and TLS' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand token; and __fish_seen_subcommand_from clear" -l max-time -d 'Time for everything [default: 30s to the first message or status]' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand token; and __fish_seen_subcommand_from clear" -l keepalive-time -d 'Ask a server that owes an answer and is silent for so long whether it is there, by an HTTP/2 PING; give it up after 20 s more. Many servers close connections that ping more often than every 5 minutes' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand token; and __fish_seen_subcommand_from clear" -l proxy -d 'Reach the target through this proxy: http://HOST:PORT (CONNECT), socks5://HOST:PORT, or socks5h://HOST:PORT (the proxy resolves the target\'s name); `--proxy=` uses none [default: HTTPS_PROXY or ALL_PROXY, unless NO_PROXY names the target or it is loopback]' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand token; and __fish_seen_subcommand_from clear" -l proxy-user -d 'The user of the proxy' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand token; and __fish_seen_subcommand_from clear" -l proxy-password -d 'The password of --proxy-user [default: ask on the terminal]' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand token; and __fish_seen_subcommand_from clear" -l user-agent -d 'Send this user-agent' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand token; and __fish_seen_subcommand_from clear" -l cacert -d 'Trust the certificates in this PEM file, and only these (repeatable)' -r -F
complete -c grpcauth -n "__fish_grpcauth_using_subcommand token; and __fish_seen_subcommand_from clear" -l cert -d 'Present this certificate chain: PEM, end-entity first, or a PKCS#12 bundle with its key' -r -F
complete -c grpcauth -n "__fish_grpcauth_using_subcommand token; and __fish_seen_subcommand_from clear" -l key -d 'The private key of --cert (PEM: PKCS#8, PKCS#1 or SEC1) [default: in the --cert file]' -r -F
complete -c grpcauth -n "__fish_grpcauth_using_subcommand token; and __fish_seen_subcommand_from clear" -l key-pass -d 'The passphrase of an encrypted --key, or of a PKCS#12 --cert' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand token; and __fish_seen_subcommand_from clear" -l servername -d 'Verify this name, and send it as SNI, instead of the target\'s host' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand token; and __fish_seen_subcommand_from clear" -l server-spiffe-id -d 'Verify that the server is this workload of a mesh, spiffe://TRUST-DOMAIN/PATH, in place of its name' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand token; and __fish_seen_subcommand_from clear" -l pin -d 'Besides verifying, take this server alone: sha256//BASE64 of its key, as curl, or its certificate\'s SHA-256 in hex (repeatable: one must fit)' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand token; and __fish_seen_subcommand_from clear" -l crl -d 'Refuse certificates that this revocation list of their issuer names (PEM or DER, repeatable)' -r -F
complete -c grpcauth -n "__fish_grpcauth_using_subcommand token; and __fish_seen_subcommand_from clear" -l tls-min -d 'The lowest TLS version to offer' -r -f -a "1.2\t''
1.3\t''"
complete -c grpcauth -n "__fish_grpcauth_using_subcommand token; and __fish_seen_subcommand_from clear" -l tls-max -d 'The highest TLS version to offer' -r -f -a "1.2\t''
1.3\t''"
complete -c grpcauth -n "__fish_grpcauth_using_subcommand token; and __fish_seen_subcommand_from clear" -l warn-days -d 'Warn when a certificate expires within this many days' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand token; and __fish_seen_subcommand_from clear" -l protoset -d 'Read descriptors from this FileDescriptorSet instead of asking the server (repeatable; of two if two files have the same name, the first wins)' -r -F
complete -c grpcauth -n "__fish_grpcauth_using_subcommand token; and __fish_seen_subcommand_from clear" -l proto -d 'Compile this .proto source, and what it imports, instead of asking the server (repeatable; after --protoset)' -r -F
complete -c grpcauth -n "__fish_grpcauth_using_subcommand token; and __fish_seen_subcommand_from clear" -l import-path -d 'Look for --proto files and their imports here [default: the current directory and the file\'s own]' -r -F
complete -c grpcauth -n "__fish_grpcauth_using_subcommand token; and __fish_seen_subcommand_from clear" -l protoset-out -d 'Write the descriptors that were used to this file, as they came, dependencies first' -r -F
complete -c grpcauth -n "__fish_grpcauth_using_subcommand token; and __fish_seen_subcommand_from clear" -l descriptor-cache -d '`on`: use what the server said the last time, check it beside the call, and say so if it was stale' -r -f -a "off\t''
on\t''"
complete -c grpcauth -n "__fish_grpcauth_using_subcommand token; and __fish_seen_subcommand_from clear" -s P -l profile -d 'The profile to use [default: $GRPCAUTH_PROFILE, then `profile` under [defaults] in the file]' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand token; and __fish_seen_subcommand_from clear" -l config -d 'The file of profiles [default: $GRPCAUTH_CONFIG, then grpcauth/config.toml in the user\'s configuration directory]' -r -F
complete -c grpcauth -n "__fish_grpcauth_using_subcommand token; and __fish_seen_subcommand_from clear" -l suite -d 'Use the target and an identity of this suite, as `grpcauth check` does' -r -F
complete -c grpcauth -n "__fish_grpcauth_using_subcommand token; and __fish_seen_subcommand_from clear" -l as -d 'The identity of the suite that calls' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand token; and __fish_seen_subcommand_from clear" -l suite-target -d 'The target of the suite, where it has several' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand token; and __fish_seen_subcommand_from clear" -l var -d 'Set a variable of the suite (repeatable)' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand token; and __fish_seen_subcommand_from clear" -l format -d 'How to report' -r -f -a "text\t'messages as JSON on standard output, everything else on standard error'
json\t'one JSON document of everything that was seen, on standard output'
ndjson\t'one JSON event a line, on standard output: headers, each message, and the end'"
complete -c grpcauth -n "__fish_grpcauth_using_subcommand token; and __fish_seen_subcommand_from clear" -l color -d 'Colours' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set; elsewhere with CLICOLOR_FORCE'
always\t''
never\t''"
complete -c grpcauth -n "__fish_grpcauth_using_subcommand token; and __fish_seen_subcommand_from clear" -l log-out -d 'Revoke the tokens where they were issued, then remove them'
complete -c grpcauth -n "__fish_grpcauth_using_subcommand token; and __fish_seen_subcommand_from clear" -l allow-http-token-endpoint -d 'Send secrets to a token endpoint over plaintext, where anyone on the network can read them'
complete -c grpcauth -n "__fish_grpcauth_using_subcommand token; and __fish_seen_subcommand_from clear" -l allow-plaintext-credentials -d 'Send credentials over plaintext, where anyone on the network can read them'
complete -c grpcauth -n "__fish_grpcauth_using_subcommand token; and __fish_seen_subcommand_from clear" -l no-auth-on-reflection -d 'Do not send the credential with reflection requests'
complete -c grpcauth -n "__fish_grpcauth_using_subcommand token; and __fish_seen_subcommand_from clear" -l show-secrets -d 'Show secrets in the output'
complete -c grpcauth -n "__fish_grpcauth_using_subcommand token; and __fish_seen_subcommand_from clear" -l plaintext -d 'Connect without TLS'
complete -c grpcauth -n "__fish_grpcauth_using_subcommand token; and __fish_seen_subcommand_from clear" -l no-probe -d 'Make no further connection to find out why one failed'
complete -c grpcauth -n "__fish_grpcauth_using_subcommand token; and __fish_seen_subcommand_from clear" -l system-roots -d 'Trust the system\'s roots beside --cacert'
complete -c grpcauth -n "__fish_grpcauth_using_subcommand token; and __fish_seen_subcommand_from clear" -l insecure -d 'Continue even if verification fails (the failure is still reported); no credential is sent to an unverified server'
complete -c grpcauth -n "__fish_grpcauth_using_subcommand token; and __fish_seen_subcommand_from clear" -l allow-unverified-credentials -d 'With --insecure: send the credential although the server could not be verified'
complete -c grpcauth -n "__fish_grpcauth_using_subcommand token; and __fish_seen_subcommand_from clear" -l use-reflection -d 'With files given: ask the server for what they lack'
complete -c grpcauth -n "__fish_grpcauth_using_subcommand token; and __fish_seen_subcommand_from clear" -l no-reflection -d 'Never ask the server; files are then needed'
complete -c grpcauth -n "__fish_grpcauth_using_subcommand token; and __fish_seen_subcommand_from clear" -s v -l verbose -d 'Show handshake, metadata and timings; -vv shows every frame-level fact'
complete -c grpcauth -n "__fish_grpcauth_using_subcommand token; and __fish_seen_subcommand_from clear" -s q -l quiet -d 'No notices and no warnings'
complete -c grpcauth -n "__fish_grpcauth_using_subcommand token; and __fish_seen_subcommand_from clear" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c grpcauth -n "__fish_grpcauth_using_subcommand token; and __fish_seen_subcommand_from clear" -s V -l version -d 'Print version'
complete -c grpcauth -n "__fish_grpcauth_using_subcommand token; and __fish_seen_subcommand_from help" -f -a "get" -d 'Obtain a token as a call would, and print it alone'
complete -c grpcauth -n "__fish_grpcauth_using_subcommand token; and __fish_seen_subcommand_from help" -f -a "refresh" -d 'Obtain a new token whatever is kept, keep it, and print it alone'
complete -c grpcauth -n "__fish_grpcauth_using_subcommand token; and __fish_seen_subcommand_from help" -f -a "explain" -d 'Say what a token is, what it claims, and what a server would refuse in it'
complete -c grpcauth -n "__fish_grpcauth_using_subcommand token; and __fish_seen_subcommand_from help" -f -a "mint" -d 'Sign a JWT, and print it alone'
complete -c grpcauth -n "__fish_grpcauth_using_subcommand token; and __fish_seen_subcommand_from help" -f -a "verify" -d 'Verify a token\'s signature and claims'
complete -c grpcauth -n "__fish_grpcauth_using_subcommand token; and __fish_seen_subcommand_from help" -f -a "clear" -d 'Forget the tokens that are kept: all, or those of one credential'
complete -c grpcauth -n "__fish_grpcauth_using_subcommand token; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c grpcauth -n "__fish_grpcauth_using_subcommand lab" -l dir -d 'Keep certificates, keys and tokens here [default: a temporary directory]' -r -F
complete -c grpcauth -n "__fish_grpcauth_using_subcommand lab" -l base-port -d 'Give the doors this port and the following ones [default: the kernel chooses]' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand lab" -l format -d 'How to report' -r -f -a "text\t'messages as JSON on standard output, everything else on standard error'
json\t'one JSON document of everything that was seen, on standard output'
ndjson\t'one JSON event a line, on standard output: headers, each message, and the end'"
complete -c grpcauth -n "__fish_grpcauth_using_subcommand lab" -l color -d 'Colours' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set; elsewhere with CLICOLOR_FORCE'
always\t''
never\t''"
complete -c grpcauth -n "__fish_grpcauth_using_subcommand lab" -l doors -d 'List the doors and their command lines, without serving'
complete -c grpcauth -n "__fish_grpcauth_using_subcommand lab" -s v -l verbose -d 'Show handshake, metadata and timings; -vv shows every frame-level fact'
complete -c grpcauth -n "__fish_grpcauth_using_subcommand lab" -s q -l quiet -d 'No notices and no warnings'
complete -c grpcauth -n "__fish_grpcauth_using_subcommand lab" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c grpcauth -n "__fish_grpcauth_using_subcommand lab" -s V -l version -d 'Print version'
complete -c grpcauth -n "__fish_grpcauth_using_subcommand demo" -l color -d 'Colours' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set; elsewhere with CLICOLOR_FORCE'
always\t''
never\t''"
complete -c grpcauth -n "__fish_grpcauth_using_subcommand demo" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c grpcauth -n "__fish_grpcauth_using_subcommand demo" -s V -l version -d 'Print version'
complete -c grpcauth -n "__fish_grpcauth_using_subcommand completions" -s h -l help -d 'Print help'
complete -c grpcauth -n "__fish_grpcauth_using_subcommand completions" -s V -l version -d 'Print version'
complete -c grpcauth -n "__fish_grpcauth_using_subcommand man" -s h -l help -d 'Print help'
complete -c grpcauth -n "__fish_grpcauth_using_subcommand man" -s V -l version -d 'Print version'
complete -c grpcauth -n "__fish_grpcauth_using_subcommand help; and not __fish_seen_subcommand_from call check list describe handshake health explain token lab demo completions man help" -f -a "call" -d 'Call one RPC and explain the result'
complete -c grpcauth -n "__fish_grpcauth_using_subcommand help; and not __fish_seen_subcommand_from call check list describe handshake health explain token lab demo completions man help" -f -a "check" -d 'Test who may call what: every method as every identity, against a live server'
complete -c grpcauth -n "__fish_grpcauth_using_subcommand help; and not __fish_seen_subcommand_from call check list describe handshake health explain token lab demo completions man help" -f -a "list" -d 'List a server\'s services, or a service\'s methods'
complete -c grpcauth -n "__fish_grpcauth_using_subcommand help; and not __fish_seen_subcommand_from call check list describe handshake health explain token lab demo completions man help" -f -a "describe" -d 'Show the proto source of a symbol, or a JSON request to fill in'
complete -c grpcauth -n "__fish_grpcauth_using_subcommand help; and not __fish_seen_subcommand_from call check list describe handshake health explain token lab demo completions man help" -f -a "handshake" -d 'Show what a connection agrees on, the chain, and where it goes wrong and why'
complete -c grpcauth -n "__fish_grpcauth_using_subcommand help; and not __fish_seen_subcommand_from call check list describe handshake health explain token lab demo completions man help" -f -a "health" -d 'Ask a server whether it, or one of its services, is ready to serve'
complete -c grpcauth -n "__fish_grpcauth_using_subcommand help; and not __fish_seen_subcommand_from call check list describe handshake health explain token lab demo completions man help" -f -a "explain" -d 'Show what a diagnosis means, how it is established, and how to fix it'
complete -c grpcauth -n "__fish_grpcauth_using_subcommand help; and not __fish_seen_subcommand_from call check list describe handshake health explain token lab demo completions man help" -f -a "token" -d 'Obtain tokens, look into them, sign them, verify them, forget them'
complete -c grpcauth -n "__fish_grpcauth_using_subcommand help; and not __fish_seen_subcommand_from call check list describe handshake health explain token lab demo completions man help" -f -a "lab" -d 'Run a local test environment on loopback until Ctrl-C'
complete -c grpcauth -n "__fish_grpcauth_using_subcommand help; and not __fish_seen_subcommand_from call check list describe handshake health explain token lab demo completions man help" -f -a "demo" -d 'Show what calls can come to, on the lab, inside this process: who said no, and why'
complete -c grpcauth -n "__fish_grpcauth_using_subcommand help; and not __fish_seen_subcommand_from call check list describe handshake health explain token lab demo completions man help" -f -a "completions" -d 'Print a shell\'s completion script'
complete -c grpcauth -n "__fish_grpcauth_using_subcommand help; and not __fish_seen_subcommand_from call check list describe handshake health explain token lab demo completions man help" -f -a "man" -d 'Print a man page'
complete -c grpcauth -n "__fish_grpcauth_using_subcommand help; and not __fish_seen_subcommand_from call check list describe handshake health explain token lab demo completions man help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c grpcauth -n "__fish_grpcauth_using_subcommand help; and __fish_seen_subcommand_from token" -f -a "get" -d 'Obtain a token as a call would, and print it alone'
complete -c grpcauth -n "__fish_grpcauth_using_subcommand help; and __fish_seen_subcommand_from token" -f -a "refresh" -d 'Obtain a new token whatever is kept, keep it, and print it alone'
complete -c grpcauth -n "__fish_grpcauth_using_subcommand help; and __fish_seen_subcommand_from token" -f -a "explain" -d 'Say what a token is, what it claims, and what a server would refuse in it'
complete -c grpcauth -n "__fish_grpcauth_using_subcommand help; and __fish_seen_subcommand_from token" -f -a "mint" -d 'Sign a JWT, and print it alone'
complete -c grpcauth -n "__fish_grpcauth_using_subcommand help; and __fish_seen_subcommand_from token" -f -a "verify" -d 'Verify a token\'s signature and claims'
complete -c grpcauth -n "__fish_grpcauth_using_subcommand help; and __fish_seen_subcommand_from token" -f -a "clear" -d 'Forget the tokens that are kept: all, or those of one credential'

# Services and methods, from --protoset, --proto or the descriptor cache.
# The line goes through a pipe: a list of processes would show what is typed on it.
complete -c grpcauth -n "__fish_grpcauth_using_subcommand call; or __fish_grpcauth_using_subcommand list; or __fish_grpcauth_using_subcommand describe" -f -a "(commandline -cp | grpcauth complete-names - 2>/dev/null)"

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
complete -c grpcauth -n "__fish_grpcauth_needs_command" -f -a "call" -d 'Make one RPC and say what handshake, credential and call came to'
complete -c grpcauth -n "__fish_grpcauth_needs_command" -f -a "list" -d 'List a server\'s services, or a service\'s methods'
complete -c grpcauth -n "__fish_grpcauth_needs_command" -f -a "describe" -d 'Show the proto source of a symbol, or a JSON request to fill in'
complete -c grpcauth -n "__fish_grpcauth_needs_command" -f -a "handshake" -d 'Show what a connection agrees on, the chain, and where it goes wrong and why'
complete -c grpcauth -n "__fish_grpcauth_needs_command" -f -a "explain" -d 'Say what a diagnosis means, how it is established, and how to mend it'
complete -c grpcauth -n "__fish_grpcauth_needs_command" -f -a "lab" -d 'Serve a secured world on loopback to try things on, until Ctrl-C'
complete -c grpcauth -n "__fish_grpcauth_needs_command" -f -a "demo" -d 'Show what calls can come to, on the lab, inside this process: who said no, and why'
complete -c grpcauth -n "__fish_grpcauth_needs_command" -f -a "completions" -d 'Print a shell\'s completion script'
complete -c grpcauth -n "__fish_grpcauth_needs_command" -f -a "man" -d 'Print a man page'
complete -c grpcauth -n "__fish_grpcauth_needs_command" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c grpcauth -n "__fish_grpcauth_using_subcommand call" -s d -l data -d 'The request as JSON; @FILE reads a file, @- standard input [default: an empty message]' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand call" -l expect -d 'What should come of it: statuses, `allowed` or `denied`; then the exit code is 0 or 1' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand call" -l max-msg-size -d 'The longest message to take' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand call" -l compress -d 'Compress the request' -r -f -a "gzip\t''"
complete -c grpcauth -n "__fish_grpcauth_using_subcommand call" -l authority -d 'Send this `:authority` instead of the target\'s host' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand call" -l resolve -d 'Use this address for HOST:PORT instead of looking the name up' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand call" -l connect-timeout -d 'Time for resolving, dialling and TLS' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand call" -l max-time -d 'Time for everything [default: 30s to the first message or status]' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand call" -l proxy -d 'Reach the target through this HTTP proxy, by CONNECT; `--proxy=` uses none [default: HTTPS_PROXY or ALL_PROXY, unless NO_PROXY names the target or it is loopback]' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand call" -l proxy-user -d 'The user of the proxy' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand call" -l proxy-password -d 'The password of --proxy-user [default: ask on the terminal]' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand call" -l user-agent -d 'Send this user-agent' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand call" -l cacert -d 'Trust the certificates in this PEM file, and only these (repeatable)' -r -F
complete -c grpcauth -n "__fish_grpcauth_using_subcommand call" -l cert -d 'Present this certificate chain: PEM, end-entity first, or a PKCS#12 bundle with its key' -r -F
complete -c grpcauth -n "__fish_grpcauth_using_subcommand call" -l key -d 'The private key of --cert (PEM: PKCS#8, PKCS#1 or SEC1) [default: in the --cert file]' -r -F
complete -c grpcauth -n "__fish_grpcauth_using_subcommand call" -l key-pass -d 'The passphrase of an encrypted --key, or of a PKCS#12 --cert' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand call" -l servername -d 'Verify this name, and send it as SNI, instead of the target\'s host' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand call" -l tls-min -d 'The lowest TLS version to offer' -r -f -a "1.2\t''
1.3\t''"
complete -c grpcauth -n "__fish_grpcauth_using_subcommand call" -l tls-max -d 'The highest TLS version to offer' -r -f -a "1.2\t''
1.3\t''"
complete -c grpcauth -n "__fish_grpcauth_using_subcommand call" -l warn-days -d 'Warn when a certificate expires within this many days' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand call" -l protoset -d 'Read descriptors from this FileDescriptorSet instead of asking the server (repeatable; of two files of one name the one given first counts)' -r -F
complete -c grpcauth -n "__fish_grpcauth_using_subcommand call" -l proto -d 'Compile this .proto source, and what it imports, instead of asking the server (repeatable; after --protoset)' -r -F
complete -c grpcauth -n "__fish_grpcauth_using_subcommand call" -l import-path -d 'Look for --proto files and their imports here [default: the current directory and the file\'s own]' -r -F
complete -c grpcauth -n "__fish_grpcauth_using_subcommand call" -l protoset-out -d 'Write the descriptors that were used to this file, as they came, dependencies first' -r -F
complete -c grpcauth -n "__fish_grpcauth_using_subcommand call" -l descriptor-cache -d '`on`: use what the server said the last time, check it beside the call, and say so if it was stale' -r -f -a "off\t''
on\t''"
complete -c grpcauth -n "__fish_grpcauth_using_subcommand call" -l auth -d 'The kind of credential [default: what the other flags imply]' -r -f -a "none\t'send no credential, whatever the environment or a profile says'
bearer\t'a token, sent as `authorization: Bearer …`'
basic\t'a user and a password, sent as `authorization: Basic …`'
api-key\t'a key, sent as `x-api-key: …` or under the name given'"
complete -c grpcauth -n "__fish_grpcauth_using_subcommand call" -l token -d 'Send a bearer token' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand call" -l scheme -d 'The scheme before the token; `--scheme=` sends the token alone [default: Bearer]' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand call" -l header-name -d 'The metadata key that carries the token' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand call" -l user -d 'The user of basic authentication' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand call" -l password -d 'The password of --user [default: ask on the terminal]' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand call" -l api-key -d 'Send an API key; may go together with a bearer token' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand call" -l api-key-name -d 'The metadata key that carries the API key' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand call" -s H -l header -d 'Send this metadata with every RPC, reflection too (repeatable; a -bin key takes base64)' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand call" -l rpc-header -d 'Send this metadata with the call alone (repeatable)' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand call" -l reflect-header -d 'Send this metadata with reflection alone (repeatable)' -r
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
complete -c grpcauth -n "__fish_grpcauth_using_subcommand call" -l insecure -d 'Verify, report the verdict, and go on all the same; no credential goes to an unverified server'
complete -c grpcauth -n "__fish_grpcauth_using_subcommand call" -l allow-unverified-credentials -d 'With --insecure: send the credential although the server could not be verified'
complete -c grpcauth -n "__fish_grpcauth_using_subcommand call" -l use-reflection -d 'With files given: ask the server for what they lack'
complete -c grpcauth -n "__fish_grpcauth_using_subcommand call" -l no-reflection -d 'Never ask the server; files are then needed'
complete -c grpcauth -n "__fish_grpcauth_using_subcommand call" -l allow-plaintext-credentials -d 'Send credentials over plaintext, where everybody on the way can read them'
complete -c grpcauth -n "__fish_grpcauth_using_subcommand call" -l no-auth-on-reflection -d 'Keep the credential from reflection; it then goes with the call alone'
complete -c grpcauth -n "__fish_grpcauth_using_subcommand call" -l show-secrets -d 'Show secrets in the output'
complete -c grpcauth -n "__fish_grpcauth_using_subcommand call" -s v -l verbose -d 'Tell of handshake, metadata and timings; twice: of every frame-level fact'
complete -c grpcauth -n "__fish_grpcauth_using_subcommand call" -s q -l quiet -d 'No notices and no warnings'
complete -c grpcauth -n "__fish_grpcauth_using_subcommand call" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c grpcauth -n "__fish_grpcauth_using_subcommand call" -s V -l version -d 'Print version'
complete -c grpcauth -n "__fish_grpcauth_using_subcommand list" -l authority -d 'Send this `:authority` instead of the target\'s host' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand list" -l resolve -d 'Use this address for HOST:PORT instead of looking the name up' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand list" -l connect-timeout -d 'Time for resolving, dialling and TLS' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand list" -l max-time -d 'Time for everything [default: 30s to the first message or status]' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand list" -l proxy -d 'Reach the target through this HTTP proxy, by CONNECT; `--proxy=` uses none [default: HTTPS_PROXY or ALL_PROXY, unless NO_PROXY names the target or it is loopback]' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand list" -l proxy-user -d 'The user of the proxy' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand list" -l proxy-password -d 'The password of --proxy-user [default: ask on the terminal]' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand list" -l user-agent -d 'Send this user-agent' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand list" -l cacert -d 'Trust the certificates in this PEM file, and only these (repeatable)' -r -F
complete -c grpcauth -n "__fish_grpcauth_using_subcommand list" -l cert -d 'Present this certificate chain: PEM, end-entity first, or a PKCS#12 bundle with its key' -r -F
complete -c grpcauth -n "__fish_grpcauth_using_subcommand list" -l key -d 'The private key of --cert (PEM: PKCS#8, PKCS#1 or SEC1) [default: in the --cert file]' -r -F
complete -c grpcauth -n "__fish_grpcauth_using_subcommand list" -l key-pass -d 'The passphrase of an encrypted --key, or of a PKCS#12 --cert' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand list" -l servername -d 'Verify this name, and send it as SNI, instead of the target\'s host' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand list" -l tls-min -d 'The lowest TLS version to offer' -r -f -a "1.2\t''
1.3\t''"
complete -c grpcauth -n "__fish_grpcauth_using_subcommand list" -l tls-max -d 'The highest TLS version to offer' -r -f -a "1.2\t''
1.3\t''"
complete -c grpcauth -n "__fish_grpcauth_using_subcommand list" -l warn-days -d 'Warn when a certificate expires within this many days' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand list" -l protoset -d 'Read descriptors from this FileDescriptorSet instead of asking the server (repeatable; of two files of one name the one given first counts)' -r -F
complete -c grpcauth -n "__fish_grpcauth_using_subcommand list" -l proto -d 'Compile this .proto source, and what it imports, instead of asking the server (repeatable; after --protoset)' -r -F
complete -c grpcauth -n "__fish_grpcauth_using_subcommand list" -l import-path -d 'Look for --proto files and their imports here [default: the current directory and the file\'s own]' -r -F
complete -c grpcauth -n "__fish_grpcauth_using_subcommand list" -l protoset-out -d 'Write the descriptors that were used to this file, as they came, dependencies first' -r -F
complete -c grpcauth -n "__fish_grpcauth_using_subcommand list" -l descriptor-cache -d '`on`: use what the server said the last time, check it beside the call, and say so if it was stale' -r -f -a "off\t''
on\t''"
complete -c grpcauth -n "__fish_grpcauth_using_subcommand list" -l auth -d 'The kind of credential [default: what the other flags imply]' -r -f -a "none\t'send no credential, whatever the environment or a profile says'
bearer\t'a token, sent as `authorization: Bearer …`'
basic\t'a user and a password, sent as `authorization: Basic …`'
api-key\t'a key, sent as `x-api-key: …` or under the name given'"
complete -c grpcauth -n "__fish_grpcauth_using_subcommand list" -l token -d 'Send a bearer token' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand list" -l scheme -d 'The scheme before the token; `--scheme=` sends the token alone [default: Bearer]' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand list" -l header-name -d 'The metadata key that carries the token' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand list" -l user -d 'The user of basic authentication' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand list" -l password -d 'The password of --user [default: ask on the terminal]' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand list" -l api-key -d 'Send an API key; may go together with a bearer token' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand list" -l api-key-name -d 'The metadata key that carries the API key' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand list" -s H -l header -d 'Send this metadata with every RPC, reflection too (repeatable; a -bin key takes base64)' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand list" -l rpc-header -d 'Send this metadata with the call alone (repeatable)' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand list" -l reflect-header -d 'Send this metadata with reflection alone (repeatable)' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand list" -l format -d 'How to report' -r -f -a "text\t'messages as JSON on standard output, everything else on standard error'
json\t'one JSON document of everything that was seen, on standard output'
ndjson\t'one JSON event a line, on standard output: headers, each message, and the end'"
complete -c grpcauth -n "__fish_grpcauth_using_subcommand list" -l color -d 'Colours' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set; elsewhere with CLICOLOR_FORCE'
always\t''
never\t''"
complete -c grpcauth -n "__fish_grpcauth_using_subcommand list" -l plaintext -d 'Connect without TLS'
complete -c grpcauth -n "__fish_grpcauth_using_subcommand list" -l no-probe -d 'Make no further connection to find out why one failed'
complete -c grpcauth -n "__fish_grpcauth_using_subcommand list" -l system-roots -d 'Trust the system\'s roots beside --cacert'
complete -c grpcauth -n "__fish_grpcauth_using_subcommand list" -l insecure -d 'Verify, report the verdict, and go on all the same; no credential goes to an unverified server'
complete -c grpcauth -n "__fish_grpcauth_using_subcommand list" -l allow-unverified-credentials -d 'With --insecure: send the credential although the server could not be verified'
complete -c grpcauth -n "__fish_grpcauth_using_subcommand list" -l use-reflection -d 'With files given: ask the server for what they lack'
complete -c grpcauth -n "__fish_grpcauth_using_subcommand list" -l no-reflection -d 'Never ask the server; files are then needed'
complete -c grpcauth -n "__fish_grpcauth_using_subcommand list" -l allow-plaintext-credentials -d 'Send credentials over plaintext, where everybody on the way can read them'
complete -c grpcauth -n "__fish_grpcauth_using_subcommand list" -l no-auth-on-reflection -d 'Keep the credential from reflection; it then goes with the call alone'
complete -c grpcauth -n "__fish_grpcauth_using_subcommand list" -l show-secrets -d 'Show secrets in the output'
complete -c grpcauth -n "__fish_grpcauth_using_subcommand list" -s v -l verbose -d 'Tell of handshake, metadata and timings; twice: of every frame-level fact'
complete -c grpcauth -n "__fish_grpcauth_using_subcommand list" -s q -l quiet -d 'No notices and no warnings'
complete -c grpcauth -n "__fish_grpcauth_using_subcommand list" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c grpcauth -n "__fish_grpcauth_using_subcommand list" -s V -l version -d 'Print version'
complete -c grpcauth -n "__fish_grpcauth_using_subcommand describe" -l authority -d 'Send this `:authority` instead of the target\'s host' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand describe" -l resolve -d 'Use this address for HOST:PORT instead of looking the name up' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand describe" -l connect-timeout -d 'Time for resolving, dialling and TLS' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand describe" -l max-time -d 'Time for everything [default: 30s to the first message or status]' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand describe" -l proxy -d 'Reach the target through this HTTP proxy, by CONNECT; `--proxy=` uses none [default: HTTPS_PROXY or ALL_PROXY, unless NO_PROXY names the target or it is loopback]' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand describe" -l proxy-user -d 'The user of the proxy' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand describe" -l proxy-password -d 'The password of --proxy-user [default: ask on the terminal]' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand describe" -l user-agent -d 'Send this user-agent' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand describe" -l cacert -d 'Trust the certificates in this PEM file, and only these (repeatable)' -r -F
complete -c grpcauth -n "__fish_grpcauth_using_subcommand describe" -l cert -d 'Present this certificate chain: PEM, end-entity first, or a PKCS#12 bundle with its key' -r -F
complete -c grpcauth -n "__fish_grpcauth_using_subcommand describe" -l key -d 'The private key of --cert (PEM: PKCS#8, PKCS#1 or SEC1) [default: in the --cert file]' -r -F
complete -c grpcauth -n "__fish_grpcauth_using_subcommand describe" -l key-pass -d 'The passphrase of an encrypted --key, or of a PKCS#12 --cert' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand describe" -l servername -d 'Verify this name, and send it as SNI, instead of the target\'s host' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand describe" -l tls-min -d 'The lowest TLS version to offer' -r -f -a "1.2\t''
1.3\t''"
complete -c grpcauth -n "__fish_grpcauth_using_subcommand describe" -l tls-max -d 'The highest TLS version to offer' -r -f -a "1.2\t''
1.3\t''"
complete -c grpcauth -n "__fish_grpcauth_using_subcommand describe" -l warn-days -d 'Warn when a certificate expires within this many days' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand describe" -l protoset -d 'Read descriptors from this FileDescriptorSet instead of asking the server (repeatable; of two files of one name the one given first counts)' -r -F
complete -c grpcauth -n "__fish_grpcauth_using_subcommand describe" -l proto -d 'Compile this .proto source, and what it imports, instead of asking the server (repeatable; after --protoset)' -r -F
complete -c grpcauth -n "__fish_grpcauth_using_subcommand describe" -l import-path -d 'Look for --proto files and their imports here [default: the current directory and the file\'s own]' -r -F
complete -c grpcauth -n "__fish_grpcauth_using_subcommand describe" -l protoset-out -d 'Write the descriptors that were used to this file, as they came, dependencies first' -r -F
complete -c grpcauth -n "__fish_grpcauth_using_subcommand describe" -l descriptor-cache -d '`on`: use what the server said the last time, check it beside the call, and say so if it was stale' -r -f -a "off\t''
on\t''"
complete -c grpcauth -n "__fish_grpcauth_using_subcommand describe" -l auth -d 'The kind of credential [default: what the other flags imply]' -r -f -a "none\t'send no credential, whatever the environment or a profile says'
bearer\t'a token, sent as `authorization: Bearer …`'
basic\t'a user and a password, sent as `authorization: Basic …`'
api-key\t'a key, sent as `x-api-key: …` or under the name given'"
complete -c grpcauth -n "__fish_grpcauth_using_subcommand describe" -l token -d 'Send a bearer token' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand describe" -l scheme -d 'The scheme before the token; `--scheme=` sends the token alone [default: Bearer]' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand describe" -l header-name -d 'The metadata key that carries the token' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand describe" -l user -d 'The user of basic authentication' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand describe" -l password -d 'The password of --user [default: ask on the terminal]' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand describe" -l api-key -d 'Send an API key; may go together with a bearer token' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand describe" -l api-key-name -d 'The metadata key that carries the API key' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand describe" -s H -l header -d 'Send this metadata with every RPC, reflection too (repeatable; a -bin key takes base64)' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand describe" -l rpc-header -d 'Send this metadata with the call alone (repeatable)' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand describe" -l reflect-header -d 'Send this metadata with reflection alone (repeatable)' -r
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
complete -c grpcauth -n "__fish_grpcauth_using_subcommand describe" -l insecure -d 'Verify, report the verdict, and go on all the same; no credential goes to an unverified server'
complete -c grpcauth -n "__fish_grpcauth_using_subcommand describe" -l allow-unverified-credentials -d 'With --insecure: send the credential although the server could not be verified'
complete -c grpcauth -n "__fish_grpcauth_using_subcommand describe" -l use-reflection -d 'With files given: ask the server for what they lack'
complete -c grpcauth -n "__fish_grpcauth_using_subcommand describe" -l no-reflection -d 'Never ask the server; files are then needed'
complete -c grpcauth -n "__fish_grpcauth_using_subcommand describe" -l allow-plaintext-credentials -d 'Send credentials over plaintext, where everybody on the way can read them'
complete -c grpcauth -n "__fish_grpcauth_using_subcommand describe" -l no-auth-on-reflection -d 'Keep the credential from reflection; it then goes with the call alone'
complete -c grpcauth -n "__fish_grpcauth_using_subcommand describe" -l show-secrets -d 'Show secrets in the output'
complete -c grpcauth -n "__fish_grpcauth_using_subcommand describe" -s v -l verbose -d 'Tell of handshake, metadata and timings; twice: of every frame-level fact'
complete -c grpcauth -n "__fish_grpcauth_using_subcommand describe" -s q -l quiet -d 'No notices and no warnings'
complete -c grpcauth -n "__fish_grpcauth_using_subcommand describe" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c grpcauth -n "__fish_grpcauth_using_subcommand describe" -s V -l version -d 'Print version'
complete -c grpcauth -n "__fish_grpcauth_using_subcommand handshake" -l chain-pem -d 'Write the chain as the server presented it to this file, as PEM; also when it is refused' -r -F
complete -c grpcauth -n "__fish_grpcauth_using_subcommand handshake" -l authority -d 'Send this `:authority` instead of the target\'s host' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand handshake" -l resolve -d 'Use this address for HOST:PORT instead of looking the name up' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand handshake" -l connect-timeout -d 'Time for resolving, dialling and TLS' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand handshake" -l max-time -d 'Time for everything [default: 30s to the first message or status]' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand handshake" -l proxy -d 'Reach the target through this HTTP proxy, by CONNECT; `--proxy=` uses none [default: HTTPS_PROXY or ALL_PROXY, unless NO_PROXY names the target or it is loopback]' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand handshake" -l proxy-user -d 'The user of the proxy' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand handshake" -l proxy-password -d 'The password of --proxy-user [default: ask on the terminal]' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand handshake" -l user-agent -d 'Send this user-agent' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand handshake" -l cacert -d 'Trust the certificates in this PEM file, and only these (repeatable)' -r -F
complete -c grpcauth -n "__fish_grpcauth_using_subcommand handshake" -l cert -d 'Present this certificate chain: PEM, end-entity first, or a PKCS#12 bundle with its key' -r -F
complete -c grpcauth -n "__fish_grpcauth_using_subcommand handshake" -l key -d 'The private key of --cert (PEM: PKCS#8, PKCS#1 or SEC1) [default: in the --cert file]' -r -F
complete -c grpcauth -n "__fish_grpcauth_using_subcommand handshake" -l key-pass -d 'The passphrase of an encrypted --key, or of a PKCS#12 --cert' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand handshake" -l servername -d 'Verify this name, and send it as SNI, instead of the target\'s host' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand handshake" -l tls-min -d 'The lowest TLS version to offer' -r -f -a "1.2\t''
1.3\t''"
complete -c grpcauth -n "__fish_grpcauth_using_subcommand handshake" -l tls-max -d 'The highest TLS version to offer' -r -f -a "1.2\t''
1.3\t''"
complete -c grpcauth -n "__fish_grpcauth_using_subcommand handshake" -l warn-days -d 'Warn when a certificate expires within this many days' -r
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
complete -c grpcauth -n "__fish_grpcauth_using_subcommand handshake" -l insecure -d 'Verify, report the verdict, and go on all the same; no credential goes to an unverified server'
complete -c grpcauth -n "__fish_grpcauth_using_subcommand handshake" -l allow-unverified-credentials -d 'With --insecure: send the credential although the server could not be verified'
complete -c grpcauth -n "__fish_grpcauth_using_subcommand handshake" -s v -l verbose -d 'Tell of handshake, metadata and timings; twice: of every frame-level fact'
complete -c grpcauth -n "__fish_grpcauth_using_subcommand handshake" -s q -l quiet -d 'No notices and no warnings'
complete -c grpcauth -n "__fish_grpcauth_using_subcommand handshake" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c grpcauth -n "__fish_grpcauth_using_subcommand handshake" -s V -l version -d 'Print version'
complete -c grpcauth -n "__fish_grpcauth_using_subcommand explain" -l color -d 'Colours' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set; elsewhere with CLICOLOR_FORCE'
always\t''
never\t''"
complete -c grpcauth -n "__fish_grpcauth_using_subcommand explain" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c grpcauth -n "__fish_grpcauth_using_subcommand explain" -s V -l version -d 'Print version'
complete -c grpcauth -n "__fish_grpcauth_using_subcommand lab" -l dir -d 'Keep certificates, keys and tokens here [default: a temporary directory]' -r -F
complete -c grpcauth -n "__fish_grpcauth_using_subcommand lab" -l base-port -d 'Give the doors this port and the following ones [default: the kernel chooses]' -r
complete -c grpcauth -n "__fish_grpcauth_using_subcommand lab" -l format -d 'How to report' -r -f -a "text\t'messages as JSON on standard output, everything else on standard error'
json\t'one JSON document of everything that was seen, on standard output'
ndjson\t'one JSON event a line, on standard output: headers, each message, and the end'"
complete -c grpcauth -n "__fish_grpcauth_using_subcommand lab" -l color -d 'Colours' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set; elsewhere with CLICOLOR_FORCE'
always\t''
never\t''"
complete -c grpcauth -n "__fish_grpcauth_using_subcommand lab" -s v -l verbose -d 'Tell of handshake, metadata and timings; twice: of every frame-level fact'
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
complete -c grpcauth -n "__fish_grpcauth_using_subcommand help; and not __fish_seen_subcommand_from call list describe handshake explain lab demo completions man help" -f -a "call" -d 'Make one RPC and say what handshake, credential and call came to'
complete -c grpcauth -n "__fish_grpcauth_using_subcommand help; and not __fish_seen_subcommand_from call list describe handshake explain lab demo completions man help" -f -a "list" -d 'List a server\'s services, or a service\'s methods'
complete -c grpcauth -n "__fish_grpcauth_using_subcommand help; and not __fish_seen_subcommand_from call list describe handshake explain lab demo completions man help" -f -a "describe" -d 'Show the proto source of a symbol, or a JSON request to fill in'
complete -c grpcauth -n "__fish_grpcauth_using_subcommand help; and not __fish_seen_subcommand_from call list describe handshake explain lab demo completions man help" -f -a "handshake" -d 'Show what a connection agrees on, the chain, and where it goes wrong and why'
complete -c grpcauth -n "__fish_grpcauth_using_subcommand help; and not __fish_seen_subcommand_from call list describe handshake explain lab demo completions man help" -f -a "explain" -d 'Say what a diagnosis means, how it is established, and how to mend it'
complete -c grpcauth -n "__fish_grpcauth_using_subcommand help; and not __fish_seen_subcommand_from call list describe handshake explain lab demo completions man help" -f -a "lab" -d 'Serve a secured world on loopback to try things on, until Ctrl-C'
complete -c grpcauth -n "__fish_grpcauth_using_subcommand help; and not __fish_seen_subcommand_from call list describe handshake explain lab demo completions man help" -f -a "demo" -d 'Show what calls can come to, on the lab, inside this process: who said no, and why'
complete -c grpcauth -n "__fish_grpcauth_using_subcommand help; and not __fish_seen_subcommand_from call list describe handshake explain lab demo completions man help" -f -a "completions" -d 'Print a shell\'s completion script'
complete -c grpcauth -n "__fish_grpcauth_using_subcommand help; and not __fish_seen_subcommand_from call list describe handshake explain lab demo completions man help" -f -a "man" -d 'Print a man page'
complete -c grpcauth -n "__fish_grpcauth_using_subcommand help; and not __fish_seen_subcommand_from call list describe handshake explain lab demo completions man help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'

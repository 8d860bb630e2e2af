
using namespace System.Management.Automation
using namespace System.Management.Automation.Language

Register-ArgumentCompleter -Native -CommandName 'grpcauth' -ScriptBlock {
    param($wordToComplete, $commandAst, $cursorPosition)

    $commandElements = $commandAst.CommandElements
    $command = @(
        'grpcauth'
        for ($i = 1; $i -lt $commandElements.Count; $i++) {
            $element = $commandElements[$i]
            if ($element -isnot [StringConstantExpressionAst] -or
                $element.StringConstantType -ne [StringConstantType]::BareWord -or
                $element.Value.StartsWith('-') -or
                $element.Value -eq $wordToComplete) {
                break
        }
        $element.Value
    }) -join ';'

    $completions = @(switch ($command) {
        'grpcauth' {
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('call', 'call', [CompletionResultType]::ParameterValue, 'Make one RPC and say what handshake, credential and call came to')
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List a server''s services, or a service''s methods')
            [CompletionResult]::new('describe', 'describe', [CompletionResultType]::ParameterValue, 'Show the proto source of a symbol, or a JSON request to fill in')
            [CompletionResult]::new('handshake', 'handshake', [CompletionResultType]::ParameterValue, 'Show what a connection agrees on, the chain, and where it goes wrong and why')
            [CompletionResult]::new('explain', 'explain', [CompletionResultType]::ParameterValue, 'Say what a diagnosis means, how it is established, and how to mend it')
            [CompletionResult]::new('lab', 'lab', [CompletionResultType]::ParameterValue, 'Serve a secured world on loopback to try things on, until Ctrl-C')
            [CompletionResult]::new('demo', 'demo', [CompletionResultType]::ParameterValue, 'Show what calls can come to, on the lab, inside this process: who said no, and why')
            [CompletionResult]::new('completions', 'completions', [CompletionResultType]::ParameterValue, 'Print a shell''s completion script')
            [CompletionResult]::new('man', 'man', [CompletionResultType]::ParameterValue, 'Print a man page')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'grpcauth;call' {
            [CompletionResult]::new('-d', '-d', [CompletionResultType]::ParameterName, 'The request as JSON; @FILE reads a file, @- standard input [default: an empty message]')
            [CompletionResult]::new('--data', '--data', [CompletionResultType]::ParameterName, 'The request as JSON; @FILE reads a file, @- standard input [default: an empty message]')
            [CompletionResult]::new('--expect', '--expect', [CompletionResultType]::ParameterName, 'What should come of it: statuses, `allowed` or `denied`; then the exit code is 0 or 1')
            [CompletionResult]::new('--max-msg-size', '--max-msg-size', [CompletionResultType]::ParameterName, 'The longest message to take')
            [CompletionResult]::new('--compress', '--compress', [CompletionResultType]::ParameterName, 'Compress the request')
            [CompletionResult]::new('--authority', '--authority', [CompletionResultType]::ParameterName, 'Send this `:authority` instead of the target''s host')
            [CompletionResult]::new('--resolve', '--resolve', [CompletionResultType]::ParameterName, 'Use this address for HOST:PORT instead of looking the name up')
            [CompletionResult]::new('--connect-timeout', '--connect-timeout', [CompletionResultType]::ParameterName, 'Time for resolving, dialling and TLS')
            [CompletionResult]::new('--max-time', '--max-time', [CompletionResultType]::ParameterName, 'Time for everything [default: 30s to the first message or status]')
            [CompletionResult]::new('--proxy', '--proxy', [CompletionResultType]::ParameterName, 'Reach the target through this HTTP proxy, by CONNECT; `--proxy=` uses none [default: HTTPS_PROXY or ALL_PROXY, unless NO_PROXY names the target or it is loopback]')
            [CompletionResult]::new('--proxy-user', '--proxy-user', [CompletionResultType]::ParameterName, 'The user of the proxy')
            [CompletionResult]::new('--proxy-password', '--proxy-password', [CompletionResultType]::ParameterName, 'The password of --proxy-user [default: ask on the terminal]')
            [CompletionResult]::new('--user-agent', '--user-agent', [CompletionResultType]::ParameterName, 'Send this user-agent')
            [CompletionResult]::new('--cacert', '--cacert', [CompletionResultType]::ParameterName, 'Trust the certificates in this PEM file, and only these (repeatable)')
            [CompletionResult]::new('--cert', '--cert', [CompletionResultType]::ParameterName, 'Present this certificate chain: PEM, end-entity first, or a PKCS#12 bundle with its key')
            [CompletionResult]::new('--key', '--key', [CompletionResultType]::ParameterName, 'The private key of --cert (PEM: PKCS#8, PKCS#1 or SEC1) [default: in the --cert file]')
            [CompletionResult]::new('--key-pass', '--key-pass', [CompletionResultType]::ParameterName, 'The passphrase of an encrypted --key, or of a PKCS#12 --cert')
            [CompletionResult]::new('--servername', '--servername', [CompletionResultType]::ParameterName, 'Verify this name, and send it as SNI, instead of the target''s host')
            [CompletionResult]::new('--tls-min', '--tls-min', [CompletionResultType]::ParameterName, 'The lowest TLS version to offer')
            [CompletionResult]::new('--tls-max', '--tls-max', [CompletionResultType]::ParameterName, 'The highest TLS version to offer')
            [CompletionResult]::new('--warn-days', '--warn-days', [CompletionResultType]::ParameterName, 'Warn when a certificate expires within this many days')
            [CompletionResult]::new('--protoset', '--protoset', [CompletionResultType]::ParameterName, 'Read descriptors from this FileDescriptorSet instead of asking the server (repeatable; of two files of one name the one given first counts)')
            [CompletionResult]::new('--proto', '--proto', [CompletionResultType]::ParameterName, 'Compile this .proto source, and what it imports, instead of asking the server (repeatable; after --protoset)')
            [CompletionResult]::new('--import-path', '--import-path', [CompletionResultType]::ParameterName, 'Look for --proto files and their imports here [default: the current directory and the file''s own]')
            [CompletionResult]::new('--protoset-out', '--protoset-out', [CompletionResultType]::ParameterName, 'Write the descriptors that were used to this file, as they came, dependencies first')
            [CompletionResult]::new('--descriptor-cache', '--descriptor-cache', [CompletionResultType]::ParameterName, '`on`: use what the server said the last time, check it beside the call, and say so if it was stale')
            [CompletionResult]::new('--auth', '--auth', [CompletionResultType]::ParameterName, 'The kind of credential [default: what the other flags imply]')
            [CompletionResult]::new('--token', '--token', [CompletionResultType]::ParameterName, 'Send a bearer token')
            [CompletionResult]::new('--scheme', '--scheme', [CompletionResultType]::ParameterName, 'The scheme before the token; `--scheme=` sends the token alone [default: Bearer]')
            [CompletionResult]::new('--header-name', '--header-name', [CompletionResultType]::ParameterName, 'The metadata key that carries the token')
            [CompletionResult]::new('--user', '--user', [CompletionResultType]::ParameterName, 'The user of basic authentication')
            [CompletionResult]::new('--password', '--password', [CompletionResultType]::ParameterName, 'The password of --user [default: ask on the terminal]')
            [CompletionResult]::new('--api-key', '--api-key', [CompletionResultType]::ParameterName, 'Send an API key; may go together with a bearer token')
            [CompletionResult]::new('--api-key-name', '--api-key-name', [CompletionResultType]::ParameterName, 'The metadata key that carries the API key')
            [CompletionResult]::new('-H', '-H ', [CompletionResultType]::ParameterName, 'Send this metadata with every RPC, reflection too (repeatable; a -bin key takes base64)')
            [CompletionResult]::new('--header', '--header', [CompletionResultType]::ParameterName, 'Send this metadata with every RPC, reflection too (repeatable; a -bin key takes base64)')
            [CompletionResult]::new('--rpc-header', '--rpc-header', [CompletionResultType]::ParameterName, 'Send this metadata with the call alone (repeatable)')
            [CompletionResult]::new('--reflect-header', '--reflect-header', [CompletionResultType]::ParameterName, 'Send this metadata with reflection alone (repeatable)')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How to report')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colours')
            [CompletionResult]::new('--emit-defaults', '--emit-defaults', [CompletionResultType]::ParameterName, 'Show fields that have their default value')
            [CompletionResult]::new('--allow-unknown-fields', '--allow-unknown-fields', [CompletionResultType]::ParameterName, 'Ignore fields of the request that its type does not have')
            [CompletionResult]::new('--plaintext', '--plaintext', [CompletionResultType]::ParameterName, 'Connect without TLS')
            [CompletionResult]::new('--no-probe', '--no-probe', [CompletionResultType]::ParameterName, 'Make no further connection to find out why one failed')
            [CompletionResult]::new('--system-roots', '--system-roots', [CompletionResultType]::ParameterName, 'Trust the system''s roots beside --cacert')
            [CompletionResult]::new('--insecure', '--insecure', [CompletionResultType]::ParameterName, 'Verify, report the verdict, and go on all the same; no credential goes to an unverified server')
            [CompletionResult]::new('--allow-unverified-credentials', '--allow-unverified-credentials', [CompletionResultType]::ParameterName, 'With --insecure: send the credential although the server could not be verified')
            [CompletionResult]::new('--use-reflection', '--use-reflection', [CompletionResultType]::ParameterName, 'With files given: ask the server for what they lack')
            [CompletionResult]::new('--no-reflection', '--no-reflection', [CompletionResultType]::ParameterName, 'Never ask the server; files are then needed')
            [CompletionResult]::new('--allow-plaintext-credentials', '--allow-plaintext-credentials', [CompletionResultType]::ParameterName, 'Send credentials over plaintext, where everybody on the way can read them')
            [CompletionResult]::new('--no-auth-on-reflection', '--no-auth-on-reflection', [CompletionResultType]::ParameterName, 'Keep the credential from reflection; it then goes with the call alone')
            [CompletionResult]::new('--show-secrets', '--show-secrets', [CompletionResultType]::ParameterName, 'Show secrets in the output')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Tell of handshake, metadata and timings; twice: of every frame-level fact')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Tell of handshake, metadata and timings; twice: of every frame-level fact')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No notices and no warnings')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No notices and no warnings')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'grpcauth;list' {
            [CompletionResult]::new('--authority', '--authority', [CompletionResultType]::ParameterName, 'Send this `:authority` instead of the target''s host')
            [CompletionResult]::new('--resolve', '--resolve', [CompletionResultType]::ParameterName, 'Use this address for HOST:PORT instead of looking the name up')
            [CompletionResult]::new('--connect-timeout', '--connect-timeout', [CompletionResultType]::ParameterName, 'Time for resolving, dialling and TLS')
            [CompletionResult]::new('--max-time', '--max-time', [CompletionResultType]::ParameterName, 'Time for everything [default: 30s to the first message or status]')
            [CompletionResult]::new('--proxy', '--proxy', [CompletionResultType]::ParameterName, 'Reach the target through this HTTP proxy, by CONNECT; `--proxy=` uses none [default: HTTPS_PROXY or ALL_PROXY, unless NO_PROXY names the target or it is loopback]')
            [CompletionResult]::new('--proxy-user', '--proxy-user', [CompletionResultType]::ParameterName, 'The user of the proxy')
            [CompletionResult]::new('--proxy-password', '--proxy-password', [CompletionResultType]::ParameterName, 'The password of --proxy-user [default: ask on the terminal]')
            [CompletionResult]::new('--user-agent', '--user-agent', [CompletionResultType]::ParameterName, 'Send this user-agent')
            [CompletionResult]::new('--cacert', '--cacert', [CompletionResultType]::ParameterName, 'Trust the certificates in this PEM file, and only these (repeatable)')
            [CompletionResult]::new('--cert', '--cert', [CompletionResultType]::ParameterName, 'Present this certificate chain: PEM, end-entity first, or a PKCS#12 bundle with its key')
            [CompletionResult]::new('--key', '--key', [CompletionResultType]::ParameterName, 'The private key of --cert (PEM: PKCS#8, PKCS#1 or SEC1) [default: in the --cert file]')
            [CompletionResult]::new('--key-pass', '--key-pass', [CompletionResultType]::ParameterName, 'The passphrase of an encrypted --key, or of a PKCS#12 --cert')
            [CompletionResult]::new('--servername', '--servername', [CompletionResultType]::ParameterName, 'Verify this name, and send it as SNI, instead of the target''s host')
            [CompletionResult]::new('--tls-min', '--tls-min', [CompletionResultType]::ParameterName, 'The lowest TLS version to offer')
            [CompletionResult]::new('--tls-max', '--tls-max', [CompletionResultType]::ParameterName, 'The highest TLS version to offer')
            [CompletionResult]::new('--warn-days', '--warn-days', [CompletionResultType]::ParameterName, 'Warn when a certificate expires within this many days')
            [CompletionResult]::new('--protoset', '--protoset', [CompletionResultType]::ParameterName, 'Read descriptors from this FileDescriptorSet instead of asking the server (repeatable; of two files of one name the one given first counts)')
            [CompletionResult]::new('--proto', '--proto', [CompletionResultType]::ParameterName, 'Compile this .proto source, and what it imports, instead of asking the server (repeatable; after --protoset)')
            [CompletionResult]::new('--import-path', '--import-path', [CompletionResultType]::ParameterName, 'Look for --proto files and their imports here [default: the current directory and the file''s own]')
            [CompletionResult]::new('--protoset-out', '--protoset-out', [CompletionResultType]::ParameterName, 'Write the descriptors that were used to this file, as they came, dependencies first')
            [CompletionResult]::new('--descriptor-cache', '--descriptor-cache', [CompletionResultType]::ParameterName, '`on`: use what the server said the last time, check it beside the call, and say so if it was stale')
            [CompletionResult]::new('--auth', '--auth', [CompletionResultType]::ParameterName, 'The kind of credential [default: what the other flags imply]')
            [CompletionResult]::new('--token', '--token', [CompletionResultType]::ParameterName, 'Send a bearer token')
            [CompletionResult]::new('--scheme', '--scheme', [CompletionResultType]::ParameterName, 'The scheme before the token; `--scheme=` sends the token alone [default: Bearer]')
            [CompletionResult]::new('--header-name', '--header-name', [CompletionResultType]::ParameterName, 'The metadata key that carries the token')
            [CompletionResult]::new('--user', '--user', [CompletionResultType]::ParameterName, 'The user of basic authentication')
            [CompletionResult]::new('--password', '--password', [CompletionResultType]::ParameterName, 'The password of --user [default: ask on the terminal]')
            [CompletionResult]::new('--api-key', '--api-key', [CompletionResultType]::ParameterName, 'Send an API key; may go together with a bearer token')
            [CompletionResult]::new('--api-key-name', '--api-key-name', [CompletionResultType]::ParameterName, 'The metadata key that carries the API key')
            [CompletionResult]::new('-H', '-H ', [CompletionResultType]::ParameterName, 'Send this metadata with every RPC, reflection too (repeatable; a -bin key takes base64)')
            [CompletionResult]::new('--header', '--header', [CompletionResultType]::ParameterName, 'Send this metadata with every RPC, reflection too (repeatable; a -bin key takes base64)')
            [CompletionResult]::new('--rpc-header', '--rpc-header', [CompletionResultType]::ParameterName, 'Send this metadata with the call alone (repeatable)')
            [CompletionResult]::new('--reflect-header', '--reflect-header', [CompletionResultType]::ParameterName, 'Send this metadata with reflection alone (repeatable)')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How to report')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colours')
            [CompletionResult]::new('--plaintext', '--plaintext', [CompletionResultType]::ParameterName, 'Connect without TLS')
            [CompletionResult]::new('--no-probe', '--no-probe', [CompletionResultType]::ParameterName, 'Make no further connection to find out why one failed')
            [CompletionResult]::new('--system-roots', '--system-roots', [CompletionResultType]::ParameterName, 'Trust the system''s roots beside --cacert')
            [CompletionResult]::new('--insecure', '--insecure', [CompletionResultType]::ParameterName, 'Verify, report the verdict, and go on all the same; no credential goes to an unverified server')
            [CompletionResult]::new('--allow-unverified-credentials', '--allow-unverified-credentials', [CompletionResultType]::ParameterName, 'With --insecure: send the credential although the server could not be verified')
            [CompletionResult]::new('--use-reflection', '--use-reflection', [CompletionResultType]::ParameterName, 'With files given: ask the server for what they lack')
            [CompletionResult]::new('--no-reflection', '--no-reflection', [CompletionResultType]::ParameterName, 'Never ask the server; files are then needed')
            [CompletionResult]::new('--allow-plaintext-credentials', '--allow-plaintext-credentials', [CompletionResultType]::ParameterName, 'Send credentials over plaintext, where everybody on the way can read them')
            [CompletionResult]::new('--no-auth-on-reflection', '--no-auth-on-reflection', [CompletionResultType]::ParameterName, 'Keep the credential from reflection; it then goes with the call alone')
            [CompletionResult]::new('--show-secrets', '--show-secrets', [CompletionResultType]::ParameterName, 'Show secrets in the output')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Tell of handshake, metadata and timings; twice: of every frame-level fact')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Tell of handshake, metadata and timings; twice: of every frame-level fact')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No notices and no warnings')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No notices and no warnings')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'grpcauth;describe' {
            [CompletionResult]::new('--authority', '--authority', [CompletionResultType]::ParameterName, 'Send this `:authority` instead of the target''s host')
            [CompletionResult]::new('--resolve', '--resolve', [CompletionResultType]::ParameterName, 'Use this address for HOST:PORT instead of looking the name up')
            [CompletionResult]::new('--connect-timeout', '--connect-timeout', [CompletionResultType]::ParameterName, 'Time for resolving, dialling and TLS')
            [CompletionResult]::new('--max-time', '--max-time', [CompletionResultType]::ParameterName, 'Time for everything [default: 30s to the first message or status]')
            [CompletionResult]::new('--proxy', '--proxy', [CompletionResultType]::ParameterName, 'Reach the target through this HTTP proxy, by CONNECT; `--proxy=` uses none [default: HTTPS_PROXY or ALL_PROXY, unless NO_PROXY names the target or it is loopback]')
            [CompletionResult]::new('--proxy-user', '--proxy-user', [CompletionResultType]::ParameterName, 'The user of the proxy')
            [CompletionResult]::new('--proxy-password', '--proxy-password', [CompletionResultType]::ParameterName, 'The password of --proxy-user [default: ask on the terminal]')
            [CompletionResult]::new('--user-agent', '--user-agent', [CompletionResultType]::ParameterName, 'Send this user-agent')
            [CompletionResult]::new('--cacert', '--cacert', [CompletionResultType]::ParameterName, 'Trust the certificates in this PEM file, and only these (repeatable)')
            [CompletionResult]::new('--cert', '--cert', [CompletionResultType]::ParameterName, 'Present this certificate chain: PEM, end-entity first, or a PKCS#12 bundle with its key')
            [CompletionResult]::new('--key', '--key', [CompletionResultType]::ParameterName, 'The private key of --cert (PEM: PKCS#8, PKCS#1 or SEC1) [default: in the --cert file]')
            [CompletionResult]::new('--key-pass', '--key-pass', [CompletionResultType]::ParameterName, 'The passphrase of an encrypted --key, or of a PKCS#12 --cert')
            [CompletionResult]::new('--servername', '--servername', [CompletionResultType]::ParameterName, 'Verify this name, and send it as SNI, instead of the target''s host')
            [CompletionResult]::new('--tls-min', '--tls-min', [CompletionResultType]::ParameterName, 'The lowest TLS version to offer')
            [CompletionResult]::new('--tls-max', '--tls-max', [CompletionResultType]::ParameterName, 'The highest TLS version to offer')
            [CompletionResult]::new('--warn-days', '--warn-days', [CompletionResultType]::ParameterName, 'Warn when a certificate expires within this many days')
            [CompletionResult]::new('--protoset', '--protoset', [CompletionResultType]::ParameterName, 'Read descriptors from this FileDescriptorSet instead of asking the server (repeatable; of two files of one name the one given first counts)')
            [CompletionResult]::new('--proto', '--proto', [CompletionResultType]::ParameterName, 'Compile this .proto source, and what it imports, instead of asking the server (repeatable; after --protoset)')
            [CompletionResult]::new('--import-path', '--import-path', [CompletionResultType]::ParameterName, 'Look for --proto files and their imports here [default: the current directory and the file''s own]')
            [CompletionResult]::new('--protoset-out', '--protoset-out', [CompletionResultType]::ParameterName, 'Write the descriptors that were used to this file, as they came, dependencies first')
            [CompletionResult]::new('--descriptor-cache', '--descriptor-cache', [CompletionResultType]::ParameterName, '`on`: use what the server said the last time, check it beside the call, and say so if it was stale')
            [CompletionResult]::new('--auth', '--auth', [CompletionResultType]::ParameterName, 'The kind of credential [default: what the other flags imply]')
            [CompletionResult]::new('--token', '--token', [CompletionResultType]::ParameterName, 'Send a bearer token')
            [CompletionResult]::new('--scheme', '--scheme', [CompletionResultType]::ParameterName, 'The scheme before the token; `--scheme=` sends the token alone [default: Bearer]')
            [CompletionResult]::new('--header-name', '--header-name', [CompletionResultType]::ParameterName, 'The metadata key that carries the token')
            [CompletionResult]::new('--user', '--user', [CompletionResultType]::ParameterName, 'The user of basic authentication')
            [CompletionResult]::new('--password', '--password', [CompletionResultType]::ParameterName, 'The password of --user [default: ask on the terminal]')
            [CompletionResult]::new('--api-key', '--api-key', [CompletionResultType]::ParameterName, 'Send an API key; may go together with a bearer token')
            [CompletionResult]::new('--api-key-name', '--api-key-name', [CompletionResultType]::ParameterName, 'The metadata key that carries the API key')
            [CompletionResult]::new('-H', '-H ', [CompletionResultType]::ParameterName, 'Send this metadata with every RPC, reflection too (repeatable; a -bin key takes base64)')
            [CompletionResult]::new('--header', '--header', [CompletionResultType]::ParameterName, 'Send this metadata with every RPC, reflection too (repeatable; a -bin key takes base64)')
            [CompletionResult]::new('--rpc-header', '--rpc-header', [CompletionResultType]::ParameterName, 'Send this metadata with the call alone (repeatable)')
            [CompletionResult]::new('--reflect-header', '--reflect-header', [CompletionResultType]::ParameterName, 'Send this metadata with reflection alone (repeatable)')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How to report')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colours')
            [CompletionResult]::new('--template', '--template', [CompletionResultType]::ParameterName, 'Print a JSON request to fill in, for a message or a method, instead of its source')
            [CompletionResult]::new('--msg-template', '--msg-template', [CompletionResultType]::ParameterName, 'Print a JSON request to fill in, for a message or a method, instead of its source')
            [CompletionResult]::new('--plaintext', '--plaintext', [CompletionResultType]::ParameterName, 'Connect without TLS')
            [CompletionResult]::new('--no-probe', '--no-probe', [CompletionResultType]::ParameterName, 'Make no further connection to find out why one failed')
            [CompletionResult]::new('--system-roots', '--system-roots', [CompletionResultType]::ParameterName, 'Trust the system''s roots beside --cacert')
            [CompletionResult]::new('--insecure', '--insecure', [CompletionResultType]::ParameterName, 'Verify, report the verdict, and go on all the same; no credential goes to an unverified server')
            [CompletionResult]::new('--allow-unverified-credentials', '--allow-unverified-credentials', [CompletionResultType]::ParameterName, 'With --insecure: send the credential although the server could not be verified')
            [CompletionResult]::new('--use-reflection', '--use-reflection', [CompletionResultType]::ParameterName, 'With files given: ask the server for what they lack')
            [CompletionResult]::new('--no-reflection', '--no-reflection', [CompletionResultType]::ParameterName, 'Never ask the server; files are then needed')
            [CompletionResult]::new('--allow-plaintext-credentials', '--allow-plaintext-credentials', [CompletionResultType]::ParameterName, 'Send credentials over plaintext, where everybody on the way can read them')
            [CompletionResult]::new('--no-auth-on-reflection', '--no-auth-on-reflection', [CompletionResultType]::ParameterName, 'Keep the credential from reflection; it then goes with the call alone')
            [CompletionResult]::new('--show-secrets', '--show-secrets', [CompletionResultType]::ParameterName, 'Show secrets in the output')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Tell of handshake, metadata and timings; twice: of every frame-level fact')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Tell of handshake, metadata and timings; twice: of every frame-level fact')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No notices and no warnings')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No notices and no warnings')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'grpcauth;handshake' {
            [CompletionResult]::new('--chain-pem', '--chain-pem', [CompletionResultType]::ParameterName, 'Write the chain as the server presented it to this file, as PEM; also when it is refused')
            [CompletionResult]::new('--authority', '--authority', [CompletionResultType]::ParameterName, 'Send this `:authority` instead of the target''s host')
            [CompletionResult]::new('--resolve', '--resolve', [CompletionResultType]::ParameterName, 'Use this address for HOST:PORT instead of looking the name up')
            [CompletionResult]::new('--connect-timeout', '--connect-timeout', [CompletionResultType]::ParameterName, 'Time for resolving, dialling and TLS')
            [CompletionResult]::new('--max-time', '--max-time', [CompletionResultType]::ParameterName, 'Time for everything [default: 30s to the first message or status]')
            [CompletionResult]::new('--proxy', '--proxy', [CompletionResultType]::ParameterName, 'Reach the target through this HTTP proxy, by CONNECT; `--proxy=` uses none [default: HTTPS_PROXY or ALL_PROXY, unless NO_PROXY names the target or it is loopback]')
            [CompletionResult]::new('--proxy-user', '--proxy-user', [CompletionResultType]::ParameterName, 'The user of the proxy')
            [CompletionResult]::new('--proxy-password', '--proxy-password', [CompletionResultType]::ParameterName, 'The password of --proxy-user [default: ask on the terminal]')
            [CompletionResult]::new('--user-agent', '--user-agent', [CompletionResultType]::ParameterName, 'Send this user-agent')
            [CompletionResult]::new('--cacert', '--cacert', [CompletionResultType]::ParameterName, 'Trust the certificates in this PEM file, and only these (repeatable)')
            [CompletionResult]::new('--cert', '--cert', [CompletionResultType]::ParameterName, 'Present this certificate chain: PEM, end-entity first, or a PKCS#12 bundle with its key')
            [CompletionResult]::new('--key', '--key', [CompletionResultType]::ParameterName, 'The private key of --cert (PEM: PKCS#8, PKCS#1 or SEC1) [default: in the --cert file]')
            [CompletionResult]::new('--key-pass', '--key-pass', [CompletionResultType]::ParameterName, 'The passphrase of an encrypted --key, or of a PKCS#12 --cert')
            [CompletionResult]::new('--servername', '--servername', [CompletionResultType]::ParameterName, 'Verify this name, and send it as SNI, instead of the target''s host')
            [CompletionResult]::new('--tls-min', '--tls-min', [CompletionResultType]::ParameterName, 'The lowest TLS version to offer')
            [CompletionResult]::new('--tls-max', '--tls-max', [CompletionResultType]::ParameterName, 'The highest TLS version to offer')
            [CompletionResult]::new('--warn-days', '--warn-days', [CompletionResultType]::ParameterName, 'Warn when a certificate expires within this many days')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How to report')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colours')
            [CompletionResult]::new('--all-addresses', '--all-addresses', [CompletionResultType]::ParameterName, 'Shake hands with every address of the name, not just the first that answers')
            [CompletionResult]::new('--plaintext', '--plaintext', [CompletionResultType]::ParameterName, 'Connect without TLS')
            [CompletionResult]::new('--no-probe', '--no-probe', [CompletionResultType]::ParameterName, 'Make no further connection to find out why one failed')
            [CompletionResult]::new('--system-roots', '--system-roots', [CompletionResultType]::ParameterName, 'Trust the system''s roots beside --cacert')
            [CompletionResult]::new('--insecure', '--insecure', [CompletionResultType]::ParameterName, 'Verify, report the verdict, and go on all the same; no credential goes to an unverified server')
            [CompletionResult]::new('--allow-unverified-credentials', '--allow-unverified-credentials', [CompletionResultType]::ParameterName, 'With --insecure: send the credential although the server could not be verified')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Tell of handshake, metadata and timings; twice: of every frame-level fact')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Tell of handshake, metadata and timings; twice: of every frame-level fact')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No notices and no warnings')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No notices and no warnings')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'grpcauth;explain' {
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colours')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'grpcauth;lab' {
            [CompletionResult]::new('--dir', '--dir', [CompletionResultType]::ParameterName, 'Keep certificates, keys and tokens here [default: a temporary directory]')
            [CompletionResult]::new('--base-port', '--base-port', [CompletionResultType]::ParameterName, 'Give the doors this port and the following ones [default: the kernel chooses]')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How to report')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colours')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Tell of handshake, metadata and timings; twice: of every frame-level fact')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Tell of handshake, metadata and timings; twice: of every frame-level fact')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No notices and no warnings')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No notices and no warnings')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'grpcauth;demo' {
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colours')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'grpcauth;completions' {
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'grpcauth;man' {
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'grpcauth;help' {
            [CompletionResult]::new('call', 'call', [CompletionResultType]::ParameterValue, 'Make one RPC and say what handshake, credential and call came to')
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List a server''s services, or a service''s methods')
            [CompletionResult]::new('describe', 'describe', [CompletionResultType]::ParameterValue, 'Show the proto source of a symbol, or a JSON request to fill in')
            [CompletionResult]::new('handshake', 'handshake', [CompletionResultType]::ParameterValue, 'Show what a connection agrees on, the chain, and where it goes wrong and why')
            [CompletionResult]::new('explain', 'explain', [CompletionResultType]::ParameterValue, 'Say what a diagnosis means, how it is established, and how to mend it')
            [CompletionResult]::new('lab', 'lab', [CompletionResultType]::ParameterValue, 'Serve a secured world on loopback to try things on, until Ctrl-C')
            [CompletionResult]::new('demo', 'demo', [CompletionResultType]::ParameterValue, 'Show what calls can come to, on the lab, inside this process: who said no, and why')
            [CompletionResult]::new('completions', 'completions', [CompletionResultType]::ParameterValue, 'Print a shell''s completion script')
            [CompletionResult]::new('man', 'man', [CompletionResultType]::ParameterValue, 'Print a man page')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'grpcauth;help;call' {
            break
        }
        'grpcauth;help;list' {
            break
        }
        'grpcauth;help;describe' {
            break
        }
        'grpcauth;help;handshake' {
            break
        }
        'grpcauth;help;explain' {
            break
        }
        'grpcauth;help;lab' {
            break
        }
        'grpcauth;help;demo' {
            break
        }
        'grpcauth;help;completions' {
            break
        }
        'grpcauth;help;man' {
            break
        }
        'grpcauth;help;help' {
            break
        }
    })

    $completions.Where{ $_.CompletionText -like "$wordToComplete*" } |
        Sort-Object -Property ListItemText
}


# Services and methods, from --protoset, --proto or the descriptor cache.
complete -c grpcauth -n "__fish_grpcauth_using_subcommand call; or __fish_grpcauth_using_subcommand list; or __fish_grpcauth_using_subcommand describe" -f -a "(grpcauth complete-names -- (commandline -cp) 2>/dev/null)"

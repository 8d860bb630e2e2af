
# Services and methods, from --protoset, --proto or the descriptor cache.
# The line goes through a pipe: a list of processes would show what is typed on it.
complete -c grpcauth -n "__fish_grpcauth_using_subcommand call; or __fish_grpcauth_using_subcommand list; or __fish_grpcauth_using_subcommand describe" -f -a "(commandline -cp | grpcauth complete-names - 2>/dev/null)"

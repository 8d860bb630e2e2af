    # Services and methods, from --protoset, --proto or the descriptor cache.
    # The line goes through a pipe: a list of processes would show what is typed on it.
    if (-not $wordToComplete.StartsWith('-')) {
        $line = $commandAst.ToString()
        if ($wordToComplete -eq '') { $line += ' ' }
        $line | & grpcauth complete-names - 2>$null | ForEach-Object {
            [CompletionResult]::new($_, $_, [CompletionResultType]::ParameterValue, $_)
        }
    }

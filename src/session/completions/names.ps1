    # Services and methods, from --protoset, --proto or the descriptor cache.
    if (-not $wordToComplete.StartsWith('-')) {
        $line = $commandAst.ToString()
        if ($wordToComplete -eq '') { $line += ' ' }
        & grpcauth complete-names -- $line 2>$null | ForEach-Object {
            [CompletionResult]::new($_, $_, [CompletionResultType]::ParameterValue, $_)
        }
    }


# Services and methods, from --protoset, --proto or the descriptor cache.
# The line goes through a pipe: a list of processes would show what is typed on it.
_grpcauth_names() {
    _grpcauth "$@"
    local line="${COMP_LINE:0:COMP_POINT}" cur="${COMP_WORDS[COMP_CWORD]}" name
    [[ "${cur}" == -* ]] && return
    while IFS= read -r name; do
        [[ -n "${name}" ]] && COMPREPLY+=("${name}")
    done < <(printf '%s' "${line}" | "$1" complete-names - 2>/dev/null)
}

if [[ "${BASH_VERSINFO[0]}" -eq 4 && "${BASH_VERSINFO[1]}" -ge 4 || "${BASH_VERSINFO[0]}" -gt 4 ]]; then
    complete -F _grpcauth_names -o nosort -o bashdefault -o default grpcauth
else
    complete -F _grpcauth_names -o bashdefault -o default grpcauth
fi

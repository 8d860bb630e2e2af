
# Services and methods, from --protoset, --proto or the descriptor cache.
# The line goes through a pipe: a list of processes would show what is typed on it.
_grpcauth_names() {
    local -a names
    names=("${(@f)$(print -rn -- "${LBUFFER}" | grpcauth complete-names - 2>/dev/null)}")
    if [[ -n "${names[1]}" ]]; then
        compadd -a names
    else
        _default
    fi
}


# Services and methods, from --protoset, --proto or the descriptor cache.
_grpcauth_names() {
    local -a names
    names=("${(@f)$(grpcauth complete-names -- "${LBUFFER}" 2>/dev/null)}")
    if [[ -n "${names[1]}" ]]; then
        compadd -a names
    else
        _default
    fi
}

#!/bin/sh
# Makes the certificates of the interop tests in the directory given: pki.sh DIR
#
#   ca.pem                       root, the anchor that both sides trust
#   server.pem server.key        leaf for localhost and 127.0.0.1, with its intermediate
#   viewer.pem viewer.key        client certificate, with its intermediate
#   viewer-no-chain.pem          the same leaf without the intermediate
#   expired.pem expired.key      client certificate whose time was over in 2021
#   purpose.pem purpose.key      client side, but its extended key usage says serverAuth only
#   other-ca.pem                 a root that the servers do not know
#   other.pem other.key          client certificate of that root
set -eu

mkdir -p "$1"
cd "$1"
umask 077

key() {
    openssl ecparam -name prime256v1 -genkey -noout -out "$1.ec"
    openssl pkcs8 -topk8 -nocrypt -in "$1.ec" -out "$1.key"
    rm "$1.ec"
}

# root NAME CN
root() {
    key "$1"
    openssl req -x509 -new -key "$1.key" -sha256 -days 30 -subj "/O=grpcauth interop/CN=$2" -out "$1.pem" \
        -addext 'basicConstraints=critical,CA:TRUE' -addext 'keyUsage=critical,keyCertSign,cRLSign'
}

# issue NAME CN ISSUER EXTENSIONS [START END]: NAME.crt holds the certificate alone
issue() {
    key "$1"
    openssl req -new -key "$1.key" -subj "/O=grpcauth interop/CN=$2" -out "$1.csr"
    printf '%s\n' "$4" >"$1.ext"
    # `openssl ca` and not `openssl x509`: only it can date a certificate back.
    openssl ca -batch -notext -config ca.cnf -cert "$3.pem" -keyfile "$3.key" -in "$1.csr" -extfile "$1.ext" \
        -startdate "${5:-$start}" -enddate "${6:-$end}" -out "$1.crt" 2>"$1.log" || { cat "$1.log" >&2; exit 1; }
    rm "$1.csr" "$1.ext" "$1.log"
}

start=$(date -u -d '-1 hour' +%Y%m%d%H%M%SZ)
end=$(date -u -d '+29 days' +%Y%m%d%H%M%SZ)
: >index.txt
mkdir -p issued
cat >ca.cnf <<'CNF'
[ca]
default_ca = interop
[interop]
new_certs_dir = issued
database = index.txt
rand_serial = yes
default_md = sha256
policy = any
unique_subject = no
[any]
organizationName = supplied
commonName = supplied
CNF

client='basicConstraints=critical,CA:FALSE
keyUsage=critical,digitalSignature
extendedKeyUsage=clientAuth'

root ca 'interop root'
issue intermediate 'interop intermediate' ca 'basicConstraints=critical,CA:TRUE,pathlen:0
keyUsage=critical,keyCertSign,cRLSign'
mv intermediate.crt intermediate.pem

issue server localhost intermediate 'basicConstraints=critical,CA:FALSE
keyUsage=critical,digitalSignature
extendedKeyUsage=serverAuth
subjectAltName=DNS:localhost,IP:127.0.0.1'
issue viewer viewer intermediate "$client"
issue expired expired intermediate "$client" 20200101000000Z 20210101000000Z
issue purpose purpose intermediate 'basicConstraints=critical,CA:FALSE
keyUsage=critical,digitalSignature
extendedKeyUsage=serverAuth'

root other-ca 'some other root'
issue other viewer other-ca "$client"

for name in server viewer expired purpose; do
    cat "$name.crt" intermediate.pem >"$name.pem"
done
cp viewer.crt viewer-no-chain.pem
cp other.crt other.pem
rm -rf ./*.crt index.txt* ca.cnf issued
chmod 644 ./*.pem

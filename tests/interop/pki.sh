#!/bin/sh
# Makes the certificates of the interop tests in the directory given: pki.sh DIR
#
#   ca.pem                       root, the anchor that both sides trust
#   server.pem server.key        leaf for localhost and 127.0.0.1, with its intermediate
#   viewer.pem viewer.key        client certificate, with its intermediate
#   revoked.pem revoked.key      client certificate that clients.crl names; chain.crl adds the list of the root, as nginx wants it
#   server.crl                   list of the intermediate that names the server's certificate
#   viewer-no-chain.pem          the same leaf without the intermediate
#   expired.pem expired.key      client certificate whose time was over in 2021
#   purpose.pem purpose.key      client side, but its extended key usage says serverAuth only
#   rsa.* p384.* ed25519.*       client certificates with keys of other kinds
#   viewer-*.key *.p12           the viewer's key in other forms; passphrase: what opens the encrypted ones
#   other-ca.pem                 a root that the servers do not know
#   other.pem other.key          client certificate of that root
set -eu

mkdir -p "$1"
cd "$1"
umask 077

key() {
    case "$1" in
    rsa) openssl genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:2048 -out rsa.key 2>/dev/null && return ;;
    p384) openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-384 -out p384.key && return ;;
    ed25519) openssl genpkey -algorithm ED25519 -out ed25519.key && return ;;
    esac
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
echo 01 >crlnumber
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
crlnumber = crlnumber
crl_extensions = list
[list]
authorityKeyIdentifier = keyid:always
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
issue revoked revoked intermediate "$client"
issue expired expired intermediate "$client" 20200101000000Z 20210101000000Z
issue purpose purpose intermediate 'basicConstraints=critical,CA:FALSE
keyUsage=critical,digitalSignature
extendedKeyUsage=serverAuth'

root other-ca 'some other root'
issue other viewer other-ca "$client"

for name in server viewer revoked expired purpose; do
    cat "$name.crt" intermediate.pem >"$name.pem"
done
for kind in rsa p384 ed25519; do
    issue "$kind" viewer intermediate "$client"
    cat "$kind.crt" intermediate.pem >"$kind.pem"
done

# crl NAME ISSUER: every certificate that is revoked by now
crl() {
    openssl ca -config ca.cnf -gencrl -crldays 7 -cert "$2.pem" -keyfile "$2.key" -out "$1.crl"
}

# revoke NAME
revoke() {
    openssl ca -config ca.cnf -revoke "$1.crt" -cert intermediate.pem -keyfile intermediate.key -crl_reason keyCompromise
}

crl root ca
revoke revoked
crl clients intermediate
cat clients.crl root.crl >chain.crl
revoke server
crl server intermediate

# The viewer's key in every form that a key comes in; encrypted ones under this passphrase.
printf 'correct-horse\n' >passphrase
pass=file:passphrase
openssl ec -in viewer.key -out viewer-sec1.key
openssl rsa -in rsa.key -traditional -out rsa-pkcs1.key
openssl pkcs8 -topk8 -nocrypt -in viewer.key -outform DER -out viewer-key.der
for cipher in aes-128-cbc aes-192-cbc aes-256-cbc des3; do
    openssl pkcs8 -topk8 -in viewer.key -v2 "$cipher" -passout "$pass" -out "viewer-pbes2-$cipher.key"
    openssl ec -in viewer.key "-$cipher" -passout "$pass" -out "viewer-traditional-$cipher.key"
done
openssl pkcs8 -topk8 -in viewer.key -scrypt -passout "$pass" -out viewer-scrypt.key
openssl ec -in viewer.key -no_public -out viewer-no-public.key
bundle() {
    name=$1
    shift
    openssl pkcs12 -export -in viewer.crt -inkey viewer.key -certfile intermediate.pem "$@" -out "$name.p12"
}
bundle modern -passout "$pass"
bundle modern-empty -passout pass:
bundle legacy -legacy -passout "$pass"
bundle legacy-empty -legacy -passout pass:
cat viewer.pem viewer-pbes2-aes-256-cbc.key >viewer-both.pem

cp viewer.crt viewer-no-chain.pem
cp other.crt other.pem
rm -rf ./*.crt index.txt* crlnumber* ca.cnf issued
chmod 644 ./*.pem

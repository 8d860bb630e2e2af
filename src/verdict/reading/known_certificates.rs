//! Certificates that a product makes for itself and that are known by their names: the default of an ingress, and
//! private CAs whose file stands in a known place.

use crate::verdict::Side;
use crate::x509::Facts;
use crate::x509::SubjectAltName;

/// By what a certificate is known.
enum Mark {
    /// A part of the subject, as a distinguished name writes it.
    Subject(&'static str),
    /// A part of the issuer.
    Issuer(&'static str),
    /// A DNS name.
    Dns(&'static str),
}

/// A certificate that stands where another one should.
pub(crate) struct Default {
    mark: Mark,
    /// What it is, for `the server presented …`.
    pub what: &'static str,
    /// `None`: the caller may have dialled it by mistake.
    pub side: Option<Side>,
    /// What the operator, or the caller, has to do.
    pub fix: &'static str,
}

const DEFAULTS: &[Default] = &[
    Default {
        mark: Mark::Subject("Kubernetes Ingress Controller Fake Certificate"),
        what: "the default certificate of ingress-nginx",
        side: Some(Side::Server),
        fix: "no Ingress with a usable TLS secret matches this host: in its `spec.tls`, list the host and a `secretName` of the same namespace (`kubectl describe ingress`, `kubectl get secret NAME` of type kubernetes.io/tls); the controller's log names a secret that it cannot use",
    },
    Default {
        mark: Mark::Subject("TRAEFIK DEFAULT CERT"),
        what: "the default certificate of Traefik",
        side: Some(Side::Server),
        fix: "no router with TLS matches this host, or its certificate could not be loaded: set `tls.certResolver`, or the secret of `spec.tls` (IngressRoute: `tls.secretName`), for a router whose rule is Host(`NAME`); Traefik's log names what failed",
    },
    Default {
        mark: Mark::Issuer("cert-manager.local"),
        what: "the temporary certificate of cert-manager, which stands in until the real one is issued",
        side: Some(Side::Server),
        fix: "the certificate has not been issued yet: `cmctl status certificate NAME` or `kubectl describe certificate,certificaterequest,order,challenge` says what it waits for",
    },
    Default {
        mark: Mark::Subject("CN=minikube"),
        what: "the certificate of minikube's Kubernetes API server",
        side: None,
        fix: "to call the API server, trust its CA: --cacert ~/.minikube/ca.crt; to call a service in the cluster, dial the service's own address (`minikube service NAME --url`)",
    },
    Default {
        mark: Mark::Dns("kubernetes.default.svc"),
        what: "the certificate of a Kubernetes API server",
        side: None,
        fix: "to call the API server, trust its CA: --cacert with `certificate-authority` of the kubeconfig (in a pod: /var/run/secrets/kubernetes.io/serviceaccount/ca.crt) and dial one of its names; to call a service in the cluster, dial the service's own address and port",
    },
    Default {
        mark: Mark::Subject("snakeoil"),
        what: "the self-signed snakeoil certificate that a distribution makes at installation",
        side: Some(Side::Server),
        fix: "the server still has its sample certificate: set its own (nginx: `ssl_certificate`; Envoy: `tls_certificates`; Debian's is /etc/ssl/certs/ssl-cert-snakeoil.pem) and reload it",
    },
    Default {
        mark: Mark::Subject("Snake Oil"),
        what: "the sample certificate of a web server",
        side: Some(Side::Server),
        fix: "the server still has its sample certificate: set its own, and reload it",
    },
    Default {
        mark: Mark::Subject("CN=Plesk"),
        what: "the default certificate of Plesk",
        side: Some(Side::Server),
        fix: "no certificate is assigned to this domain: in Plesk, under the domain's Hosting Settings, choose its own certificate, or issue one (SSL/TLS Certificates)",
    },
];

/// A private CA whose certificate lies in a known place.
struct Authority {
    issuer: &'static str,
    file: &'static str,
}

const AUTHORITIES: &[Authority] = &[
    Authority {
        issuer: "Caddy Local Authority",
        file: "Caddy's own CA issued it: its root is at pki/authorities/local/root.crt in Caddy's data directory (~/.local/share/caddy; /data/caddy in a container)",
    },
    Authority {
        issuer: "mkcert development CA",
        file: "mkcert issued it: its root is rootCA.pem in the directory that `mkcert -CAROOT` prints on the machine that made it",
    },
    Authority {
        issuer: "CloudFlare Origin",
        file: "Cloudflare's Origin CA issued it, for Cloudflare's own connections to the server: dial the name that Cloudflare serves, or trust the Origin CA root that Cloudflare publishes",
    },
    Authority {
        issuer: "ingress-operator@",
        file: "OpenShift's ingress operator issued it: `oc get configmap default-ingress-cert -n openshift-config-managed -o jsonpath='{.data.ca-bundle\\.crt}'` writes its CA",
    },
    Authority {
        issuer: "minikubeCA",
        file: "minikube issued it: its CA is ~/.minikube/ca.crt",
    },
];

/// What the end-entity certificate is known as, if it is a default.
pub(crate) fn default(leaf: &Facts) -> Option<&'static Default> {
    DEFAULTS.iter().find(|known| match known.mark {
        Mark::Subject(part) => leaf.subject.contains(part),
        Mark::Issuer(part) => leaf.issuer.contains(part),
        Mark::Dns(wanted) => leaf
            .san
            .iter()
            .any(|name| matches!(name, SubjectAltName::Dns(name) if name == wanted)),
    })
}

/// Where the certificate of this issuer is, if it is a product's own.
pub(crate) fn authority(issuer: &str) -> Option<&'static str> {
    let known = AUTHORITIES
        .iter()
        .find(|known| issuer.contains(known.issuer));
    known.map(|known| known.file)
}

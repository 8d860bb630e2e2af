use jsonwebtoken::DecodingKey;
use jsonwebtoken::EncodingKey;
use jsonwebtoken::crypto::sign;
use jsonwebtoken::crypto::verify;
use rcgen::PublicKeyData as _;

use super::key_utils::KEY_UTILS;
use super::*;

const MESSAGE: &[u8] = b"header.claims";
const ALL: [Algorithm; 12] = [
    Algorithm::HS256,
    Algorithm::HS384,
    Algorithm::HS512,
    Algorithm::RS256,
    Algorithm::RS384,
    Algorithm::RS512,
    Algorithm::PS256,
    Algorithm::PS384,
    Algorithm::PS512,
    Algorithm::ES256,
    Algorithm::ES384,
    Algorithm::EdDSA,
];

/// The keys that fit `algorithm`: fresh ones, but for RSA, which ring cannot make.
fn keys(algorithm: Algorithm) -> (EncodingKey, DecodingKey) {
    let generated = |kind| {
        let pair = rcgen::KeyPair::generate_for(kind).unwrap();
        (pair.serialize_der(), pair.der_bytes().to_vec())
    };
    match algorithm {
        Algorithm::HS256 | Algorithm::HS384 | Algorithm::HS512 => (
            EncodingKey::from_secret(b"a secret of the lab"),
            DecodingKey::from_secret(b"a secret of the lab"),
        ),
        Algorithm::ES256 => {
            let (private, public) = generated(&rcgen::PKCS_ECDSA_P256_SHA256);
            (
                EncodingKey::from_ec_der(&private),
                DecodingKey::from_ec_der(&public),
            )
        }
        Algorithm::ES384 => {
            let (private, public) = generated(&rcgen::PKCS_ECDSA_P384_SHA384);
            (
                EncodingKey::from_ec_der(&private),
                DecodingKey::from_ec_der(&public),
            )
        }
        Algorithm::EdDSA => {
            let (private, public) = generated(&rcgen::PKCS_ED25519);
            (
                EncodingKey::from_ed_der(&private),
                DecodingKey::from_ed_der(&public),
            )
        }
        _ => (
            EncodingKey::from_rsa_der(&rfc7515::rsa_private_key()),
            DecodingKey::from_rsa_components(rfc7515::N, rfc7515::E).unwrap(),
        ),
    }
}

#[test]
fn every_algorithm_verifies_what_it_signed_and_nothing_else() {
    install();
    for algorithm in ALL {
        let (private, public) = keys(algorithm);
        let signature = sign(MESSAGE, &private, algorithm).unwrap();
        assert_eq!(
            verify(&signature, MESSAGE, &public, algorithm),
            Ok(true),
            "{algorithm:?}"
        );
        assert_eq!(
            verify(&signature, b"header.claimz", &public, algorithm),
            Ok(false)
        );
        assert_eq!(verify("", MESSAGE, &public, algorithm), Ok(false));
        assert_eq!(
            verify(&signature[..8], MESSAGE, &public, algorithm),
            Ok(false)
        );
        let (_, stranger) = match algorithm.family() {
            jsonwebtoken::AlgorithmFamily::Hmac => {
                (private, DecodingKey::from_secret(b"another secret"))
            }
            jsonwebtoken::AlgorithmFamily::Rsa => continue,
            _ => keys(algorithm),
        };
        assert_eq!(verify(&signature, MESSAGE, &stranger, algorithm), Ok(false));
    }
}

#[test]
fn an_algorithm_never_accepts_another_ones_signature_or_key() {
    install();
    for signed_by in ALL {
        let (private, public) = keys(signed_by);
        let signature = sign(MESSAGE, &private, signed_by).unwrap();
        for other in ALL.into_iter().filter(|other| *other != signed_by) {
            let accepted = verify(&signature, MESSAGE, &public, other);
            assert_ne!(accepted, Ok(true), "{signed_by:?} as {other:?}");
            assert_eq!(accepted.is_err(), other.family() != signed_by.family());
            if other.family() != signed_by.family() {
                assert!(sign(MESSAGE, &private, other).is_err());
            }
        }
    }
}

#[test]
fn damaged_keys_are_errors() {
    install();
    for algorithm in ALL {
        for bytes in [&b""[..], b"\x30\x00", &[0x30; 300]] {
            let (private, public) = match algorithm.family() {
                jsonwebtoken::AlgorithmFamily::Hmac => continue,
                jsonwebtoken::AlgorithmFamily::Rsa => (
                    EncodingKey::from_rsa_der(bytes),
                    DecodingKey::from_rsa_raw_components(bytes, bytes),
                ),
                jsonwebtoken::AlgorithmFamily::Ec => (
                    EncodingKey::from_ec_der(bytes),
                    DecodingKey::from_ec_der(bytes),
                ),
                jsonwebtoken::AlgorithmFamily::Ed => (
                    EncodingKey::from_ed_der(bytes),
                    DecodingKey::from_ed_der(bytes),
                ),
            };
            assert!(sign(MESSAGE, &private, algorithm).is_err());
            assert_eq!(verify("c2ln", MESSAGE, &public, algorithm), Ok(false));
        }
    }
}

/// RFC 7515 §A.1 to §A.3 and RFC 8037 §A.4: message, signature, algorithm, key.
#[test]
fn the_rfcs_examples_verify() {
    install();
    let claims = "eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ";
    for (message, signature, algorithm, key) in [
        (
            format!("eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9.{claims}"),
            "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk",
            Algorithm::HS256,
            DecodingKey::from_secret(&rfc7515::decode(
                "AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ-EstJQLr_T-1qS0gZH75aKtMN3Yj0iPS4hcgUuTwjAzZr1Z9CAow",
            )),
        ),
        (
            format!("eyJhbGciOiJSUzI1NiJ9.{claims}"),
            rfc7515::RS256_SIGNATURE,
            Algorithm::RS256,
            DecodingKey::from_rsa_components(rfc7515::N, rfc7515::E).unwrap(),
        ),
        (
            format!("eyJhbGciOiJFUzI1NiJ9.{claims}"),
            "DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3-Kg6NU1Q",
            Algorithm::ES256,
            DecodingKey::from_ec_components(
                "f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU",
                "x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0",
            )
            .unwrap(),
        ),
        (
            "eyJhbGciOiJFZERTQSJ9.RXhhbXBsZSBvZiBFZDI1NTE5IHNpZ25pbmc".to_owned(),
            "hgyY0il_MGCjP0JzlnLWG1PPOt7-09PGcvMg3AIbQR6dWbhijcNR4ki4iylGjg5BhVsPt9g7sVvpAr_MuM0KAg",
            Algorithm::EdDSA,
            DecodingKey::from_ed_components("11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo").unwrap(),
        ),
    ] {
        assert_eq!(
            verify(signature, message.as_bytes(), &key, algorithm),
            Ok(true),
            "{algorithm:?}"
        );
    }
}

/// RSASSA-PKCS1-v1_5 and Ed25519 leave nothing to chance, so the RFC's own signature comes out.
#[test]
fn signing_gives_the_rfcs_signature() {
    install();
    let message = b"eyJhbGciOiJSUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ";
    let key = EncodingKey::from_rsa_der(&rfc7515::rsa_private_key());
    assert_eq!(
        sign(message, &key, Algorithm::RS256).unwrap(),
        rfc7515::RS256_SIGNATURE
    );

    // PKCS#8 version 1, as OpenSSL writes it: the public key is not in it (RFC 8410 §7).
    let mut der = b"\x30\x2e\x02\x01\x00\x30\x05\x06\x03\x2b\x65\x70\x04\x22\x04\x20".to_vec();
    der.extend(rfc7515::decode(
        "nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A",
    ));
    let message = b"eyJhbGciOiJFZERTQSJ9.RXhhbXBsZSBvZiBFZDI1NTE5IHNpZ25pbmc";
    assert_eq!(
        sign(message, &EncodingKey::from_ed_der(&der), Algorithm::EdDSA).unwrap(),
        "hgyY0il_MGCjP0JzlnLWG1PPOt7-09PGcvMg3AIbQR6dWbhijcNR4ki4iylGjg5BhVsPt9g7sVvpAr_MuM0KAg"
    );
}

#[test]
fn public_keys_come_out_of_private_ones() {
    let (n, e) = (KEY_UTILS.rsa_pub_components_from_private_key)(&rfc7515::rsa_private_key())
        .expect("the RFC's key");
    assert_eq!((n, e), (rfc7515::decode(rfc7515::N), vec![1, 0, 1]));

    let pair = rcgen::KeyPair::generate().unwrap();
    let (_, x, y) =
        (KEY_UTILS.ec_pub_components_from_private_key)(&pair.serialize_der(), Algorithm::ES256)
            .unwrap();
    assert_eq!(pair.der_bytes(), [vec![4], x, y].concat());
    assert!(
        (KEY_UTILS.ec_pub_components_from_private_key)(&pair.serialize_der(), Algorithm::ES384)
            .is_err()
    );
    assert!((KEY_UTILS.rsa_pub_components_from_public_key)(b"").is_err());
}

/// The RSA key of RFC 7515 §A.2.
mod rfc7515 {
    use base64::Engine as _;
    use base64::engine::general_purpose::URL_SAFE_NO_PAD;

    pub const N: &str = "ofgWCuLjybRlzo0tZWJjNiuSfb4p4fAkd_wWJcyQoTbji9k0l8W26mPddxHmfHQp-Vaw-4qPCJrcS2mJPMEzP1Pt0Bm4d4QlL-yRT-SFd2lZS-pCgNMsD1W_YpRPEwOWvG6b32690r2jZ47soMZo9wGzjb_7OMg0LOL-bSf63kpaSHSXndS5z5rexMdbBYUsLA9e-KXBdQOS-UTo7WTBEMa2R2CapHg665xsmtdVMTBQY4uDZlxvb3qCo5ZwKh9kG4LT6_I5IhlJH7aGhyxXFvUK-DWNmoudF8NAco9_h9iaGNj8q2ethFkMLs91kzk2PAcDTW9gb54h4FRWyuXpoQ";
    pub const E: &str = "AQAB";
    const REST: [&str; 6] = [
        "Eq5xpGnNCivDflJsRQBXHx1hdR1k6Ulwe2JZD50LpXyWPEAeP88vLNO97IjlA7_GQ5sLKMgvfTeXZx9SE-7YwVol2NXOoAJe46sui395IW_GO-pWJ1O0BkTGoVEn2bKVRUCgu-GjBVaYLU6f3l9kJfFNS3E0QbVdxzubSu3Mkqzjkn439X0M_V51gfpRLI9JYanrC4D4qAdGcopV_0ZHHzQlBjudU2QvXt4ehNYTCBr6XCLQUShb1juUO1ZdiYoFaFQT5Tw8bGUl_x_jTj3ccPDVZFD9pIuhLhBOneufuBiB4cS98l2SR_RQyGWSeWjnczT0QU91p1DhOVRuOopznQ",
        "4BzEEOtIpmVdVEZNCqS7baC4crd0pqnRH_5IB3jw3bcxGn6QLvnEtfdUdiYrqBdss1l58BQ3KhooKeQTa9AB0Hw_Py5PJdTJNPY8cQn7ouZ2KKDcmnPGBY5t7yLc1QlQ5xHdwW1VhvKn-nXqhJTBgIPgtldC-KDV5z-y2XDwGUc",
        "uQPEfgmVtjL0Uyyx88GZFF1fOunH3-7cepKmtH4pxhtCoHqpWmT8YAmZxaewHgHAjLYsp1ZSe7zFYHj7C6ul7TjeLQeZD_YwD66t62wDmpe_HlB-TnBA-njbglfIsRLtXlnDzQkv5dTltRJ11BKBBypeeF6689rjcJIDEz9RWdc",
        "BwKfV3Akq5_MFZDFZCnW-wzl-CCo83WoZvnLQwCTeDv8uzluRSnm71I3QCLdhrqE2e9YkxvuxdBfpT_PI7Yz-FOKnu1R6HsJeDCjn12Sk3vmAktV2zb34MCdy7cpdTh_YVr7tss2u6vneTwrA86rZtu5Mbr1C1XsmvkxHQAdYo0",
        "h_96-mK1R_7glhsum81dZxjTnYynPbZpHziZjeeHcXYsXaaMwkOlODsWa7I9xXDoRwbKgB719rrmI2oKr6N3Do9U0ajaHF-NKJnwgjMd2w9cjz3_-kyNlxAr2v4IKhGNpmM5iIgOS1VZnOZ68m6_pbLBSp3nssTdlqvd0tIiTHU",
        "IYd7DHOhrWvxkwPQsRM2tOgrjbcrfvtQJipd-DlcxyVuuM9sQLdgjVk2oy26F0EmpScGLq2MowX7fhd_QJQ3ydy5cY7YIBi87w93IKLEdfnbJtoOPLUW0ITrJReOgo1cq9SbsxYawBgfp_gh6A5603k2-ZQwVK0JKSHuLFkuQ3U",
    ];
    pub const RS256_SIGNATURE: &str = "cC4hiUPoj9Eetdgtv3hF80EGrhuB__dzERat0XF9g2VtQgr9PJbu3XOiZj5RZmh7AAuHIm4Bh-0Qc_lF5YKt_O8W2Fp5jujGbds9uJdbF9CUAr7t1dnZcAcQjbKBYNX4BAynRFdiuB--f_nZLgrnbyTyWzO75vRK5h6xBArLIARNPvkSjtQBMHlb1L07Qe7K0GarZRmB_eSN9383LcOLn6_dO--xi12jzDwusC-eOkHWEsqtFZESc6BfI7noOPqvhJ1phCnvWh6IeYI2w9QOYEUipUTI8np6LbgGY9Fs98rqVt5AXLIhWkWywlVmtVrBp0igcN_IoypGlUPQGe77Rw";

    pub fn decode(text: &str) -> Vec<u8> {
        URL_SAFE_NO_PAD
            .decode(text)
            .expect("the RFC's own base64url")
    }

    /// The key as an RSAPrivateKey (RFC 8017 §A.1.2): version 0 and eight integers.
    pub fn rsa_private_key() -> Vec<u8> {
        let mut numbers = vec![vec![0], decode(N), decode(E)];
        numbers.extend(REST.map(decode));
        element(
            0x30,
            &numbers.iter().flat_map(|n| integer(n)).collect::<Vec<u8>>(),
        )
    }

    fn integer(number: &[u8]) -> Vec<u8> {
        // A leading bit would make the number negative.
        match number {
            [0x80..=0xff, ..] => element(2, &[&[0], number].concat()),
            _ => element(2, number),
        }
    }

    fn element(tag: u8, content: &[u8]) -> Vec<u8> {
        let length = u16::try_from(content.len()).expect("a short element");
        let [high, low] = length.to_be_bytes();
        match length {
            0..128 => [&[tag, low], content].concat(),
            128..256 => [&[tag, 0x81, low], content].concat(),
            _ => [&[tag, 0x82, high, low], content].concat(),
        }
    }
}

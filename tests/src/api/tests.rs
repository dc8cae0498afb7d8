use super::ApiDevice;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use p256::ecdsa::signature::Verifier as _;
use p256::ecdsa::{Signature, VerifyingKey};
use serde_json::json;
use std::io::{Read, Write};
use std::net::TcpListener;
use std::sync::mpsc::{Receiver, channel};
use std::thread;

/// A server that gives one answer and tells the test the request as it came.
fn answer_once(answer: &'static str, heard_when: &'static str) -> (String, Receiver<String>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}/", listener.local_addr().unwrap());
    let (tell, heard) = channel();
    thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        let mut request = String::new();
        let mut room = [0; 4096];
        while !request.ends_with(heard_when) {
            let read = stream.read(&mut room).unwrap();
            request.push_str(std::str::from_utf8(&room[..read]).unwrap());
        }
        stream.write_all(answer.as_bytes()).unwrap();
        tell.send(request).unwrap();
    });
    (address, heard)
}

#[test]
fn a_signature_is_64_bytes_and_fits_the_public_key_of_65() {
    let device = ApiDevice::new("http://127.0.0.1").unwrap();
    let public = URL_SAFE_NO_PAD.decode(device.public_key()).unwrap();
    let signature = URL_SAFE_NO_PAD.decode(device.sign(b"challenge")).unwrap();
    assert_eq!((public.len(), public[0], signature.len()), (65, 4, 64));
    let key = VerifyingKey::from_sec1_bytes(&public).unwrap();
    let signature = Signature::from_slice(&signature).unwrap();
    assert!(key.verify(b"challenge", &signature).is_ok());
    assert!(key.verify(b"another", &signature).is_err());
}

#[test]
fn a_secret_gives_the_same_device_and_a_fresh_one_another() {
    let same = |secret| ApiDevice::from_secret("", secret).unwrap().public_key();
    assert_eq!(same(&[7; 32]), same(&[7; 32]));
    assert_ne!(ApiDevice::new("").unwrap().public_key(), ApiDevice::new("").unwrap().public_key());
    assert!(ApiDevice::from_secret("", &[0; 32]).is_err());
}

#[test]
fn a_refusal_is_a_reply_and_the_token_goes_with_the_request() {
    let (address, heard) = answer_once(
        "HTTP/1.1 403 Forbidden\r\nX-Code: scope\r\nContent-Length: 16\r\n\r\n{\"code\":\"scope\"}",
        "{\"a\":1}",
    );
    let mut device = ApiDevice::new(&address).unwrap();
    device.token = Some("t0ken".into());
    assert_eq!(device.post_json("/api/x", &json!({ "a": 1 })).unwrap(), (403, json!({ "code": "scope" })));
    let request = heard.recv().unwrap();
    assert!(request.starts_with("POST /api/x HTTP/1.1\r\n"), "{request}");
    assert!(request.contains("authorization: Bearer t0ken\r\n"), "{request}");
    assert!(request.contains("content-type: application/json\r\n"), "{request}");
}

#[test]
fn a_reply_that_is_no_json_is_shown() {
    let (address, _heard) =
        answer_once("HTTP/1.1 502 Bad Gateway\r\nX-Why: Gone\r\nContent-Length: 4\r\n\r\noops", "\r\n\r\n");
    let reply = ApiDevice::new(&address).unwrap().get("/").unwrap();
    assert_eq!((reply.status, reply.header("x-why"), reply.text().as_str()), (502, Some("Gone"), "oops"));
    assert!(reply.json().unwrap_err().to_string().contains("status 502 that is no JSON: oops"));
}

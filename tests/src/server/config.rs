//! The part of workerd's config that is known only at the start: the socket, with or without TLS.
//!
//! The rest, `app.capnp`, is in `dist/worker/`. Folders and the port go on the command line, secrets in the
//! environment; only a TLS key must stand in the file, so that is readable by its owner alone.

use super::{Options, Tls};
use anyhow::{Context, Result};
use std::fs;
use std::io::Write;
use std::os::unix::fs::OpenOptionsExt;
use std::path::PathBuf;

/// Writes `server.capnp` into the storage folder and returns its path.
pub fn write(options: &Options) -> Result<PathBuf> {
    let protocol = match &options.tls {
        None => "http = ()".to_owned(),
        Some(tls) => protocol(tls)?,
    };
    let text = format!(
        "@0xd2b90c4e7f1a6835;\n\
         using Workerd = import \"/workerd/workerd.capnp\";\n\
         using App = import \"/app.capnp\";\n\n\
         const config :Workerd.Config = (\n  \
           services = App.services,\n  \
           sockets = [(name = \"main\", service = \"main\", {protocol})],\n\
         );\n"
    );
    let path = options.storage.join("server.capnp");
    let _ = fs::remove_file(&path);
    let mut file = fs::File::options().write(true).create_new(true).mode(0o600).open(&path)?;
    file.write_all(text.as_bytes())?;
    Ok(path)
}

fn protocol(tls: &Tls) -> Result<String> {
    let cert = fs::read_to_string(&tls.cert).with_context(|| tls.cert.display().to_string())?;
    let key = fs::read_to_string(&tls.key).with_context(|| tls.key.display().to_string())?;
    Ok(format!(
        "https = (options = (), tlsOptions = (keypair = (privateKey = {}, certificateChain = {})))",
        text(&key),
        text(&cert)
    ))
}

/// A text as Cap'n Proto writes it.
fn text(plain: &str) -> String {
    let escaped = plain.replace('\\', "\\\\").replace('"', "\\\"").replace('\r', "").replace('\n', "\\n");
    format!("\"{escaped}\"")
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_text_stays_on_one_line_and_keeps_its_quotes() {
        assert_eq!(super::text("a \"b\"\r\n\\c\n"), r#""a \"b\"\n\\c\n""#);
    }
}

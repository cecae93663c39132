//! One request, one answer, byte by byte: nothing is decompressed or followed on the way.

use std::{
    io::{Read, Write},
    net::{Ipv4Addr, TcpStream},
    time::Duration,
};

/// An answer as it came.
pub struct Answer {
    pub status: u16,
    headers: Vec<(String, String)>,
    pub body: Vec<u8>,
}

impl Answer {
    /// An answer that leads to `location`.
    pub fn leading_to(status: u16, location: &str) -> Answer {
        Answer {
            status,
            headers: vec![("location".to_owned(), location.to_owned())],
            body: Vec::new(),
        }
    }

    /// The values of a header, one behind the other; empty where there is none.
    pub fn header(&self, name: &str) -> &str {
        let mut values = self.headers.iter().filter(|(known, _)| known == name);
        let value = values.next().map_or("", |(_, value)| value);
        assert!(values.next().is_none(), "{name} is there twice: {self:?}");
        value
    }
}

impl std::fmt::Debug for Answer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(
            f,
            "{} {:#?}, {} bytes",
            self.status,
            self.headers,
            self.body.len()
        )
    }
}

/// Asks for `path`, taking only `encodings`.
pub fn get(port: u16, path: &str, encodings: Option<&str>) -> std::io::Result<Answer> {
    let mut connection = TcpStream::connect((Ipv4Addr::LOCALHOST, port))?;
    connection.set_read_timeout(Some(Duration::from_secs(10)))?;
    let accept = encodings.map_or(String::new(), |encodings| {
        format!("accept-encoding: {encodings}\r\n")
    });
    write!(
        connection,
        "GET {path} HTTP/1.1\r\nconnection: close\r\nhost: 127.0.0.1:{port}\r\n{accept}\r\n"
    )?;
    let mut bytes = Vec::new();
    connection.read_to_end(&mut bytes)?;
    parse(&bytes).ok_or_else(|| std::io::Error::other(String::from_utf8_lossy(&bytes).into_owned()))
}

fn parse(bytes: &[u8]) -> Option<Answer> {
    let end = bytes.windows(4).position(|four| four == b"\r\n\r\n")?;
    let head = String::from_utf8_lossy(&bytes[..end]).into_owned();
    let mut lines = head.split("\r\n");
    let status = lines.next()?.split(' ').nth(1)?.parse().ok()?;
    let headers = lines
        .filter_map(|line| line.split_once(':'))
        .map(|(name, value)| (name.to_ascii_lowercase(), value.trim().to_owned()))
        .collect();
    let mut answer = Answer {
        status,
        headers,
        body: bytes[end + 4..].to_vec(),
    };
    if answer.header("transfer-encoding") == "chunked" {
        answer.body = unchunked(&answer.body)?;
    }
    Some(answer)
}

/// A body that came in chunks, each behind its length (RFC 9112, section 7.1).
fn unchunked(mut body: &[u8]) -> Option<Vec<u8>> {
    let mut whole = Vec::new();
    loop {
        let end = body.windows(2).position(|two| two == b"\r\n")?;
        let length = usize::from_str_radix(std::str::from_utf8(&body[..end]).ok()?, 16).ok()?;
        if length == 0 {
            return Some(whole);
        }
        let chunk = body.get(end + 2..end + 2 + length)?;
        whole.extend_from_slice(chunk);
        body = body.get(end + 2 + length + 2..)?;
    }
}

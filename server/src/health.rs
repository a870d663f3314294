//! Whether a server on this machine is healthy.

use std::{
    io::{Read, Write},
    net::TcpStream,
    time::Duration,
};

const PATIENCE: Duration = Duration::from_secs(2);

/// Whether the server at `port` answers its health check with 200 within two seconds.
pub fn is_good(port: u16) -> bool {
    answer(port).is_ok_and(|answer| answer.starts_with("HTTP/1.1 200"))
}

fn answer(port: u16) -> std::io::Result<String> {
    let mut stream = TcpStream::connect(("127.0.0.1", port))?;
    stream.set_read_timeout(Some(PATIENCE))?;
    stream.write_all(b"GET /api/health HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n")?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer)?;
    Ok(answer)
}

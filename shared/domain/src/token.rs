//! Random tokens from the operating system.

const ALPHABET: &[u8; 62] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

/// `length` letters and digits, uniformly distributed over 62 characters (5.95 bits each).
///
/// # Panics
/// If the operating system provides no randomness, since no safe fallback exists.
pub fn random_string(length: usize) -> String {
    let mut text = String::with_capacity(length);
    let mut buffer = [0u8; 64];
    while text.len() < length {
        getrandom::fill(&mut buffer).expect("the operating system gives random bytes");
        for byte in buffer {
            // 248 is the largest multiple of 62 in a byte: above it the first letters would be likelier.
            if byte < 248 && text.len() < length {
                text.push(char::from(ALPHABET[usize::from(byte % 62)]));
            }
        }
    }
    text
}

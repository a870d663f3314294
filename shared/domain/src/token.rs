//! Randomness from the operating system.

const ALPHABET: &[u8; 62] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

/// `length` letters and digits, each of the 62 equally likely (5.95 bits a character).
///
/// # Panics
/// Where the operating system has no randomness to give, which leaves nothing safe to do.
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

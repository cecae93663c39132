//! Which signs a text has, found in one pass over its bytes, so that a room which looks for some of them need not look
//! at a text that has none.
//!
//! All of them are ASCII, or the first byte of `«` and `»`, so that no character has to be decoded.

/// Written otherwise in text.
pub const TEXT: u8 = 1;
/// Written otherwise in the value of an attribute.
pub const VALUE: u8 = 2;
/// Has a space of its own in French, or may be the beginning of what has: both quotation marks begin with C2.
pub const SPACED: u8 = 4;
/// Stands in every address that becomes a link.
pub const LINK: u8 = 8;
/// Stands there twice where it does: an address begins with it.
pub const W: u8 = 32;

/// Stands where a source may be to be converted.
pub const CONVERTED: u8 = 16;

/// What each byte is.
const OF_BYTE: [u8; 256] = {
    let mut signs = [0; 256];
    let mut byte = 0;
    while byte < 256 {
        signs[byte] = match byte as u8 {
            b'<' => TEXT | VALUE | CONVERTED,
            b'&' | b'>' | b'\r' | b'\0' => TEXT | VALUE,
            b'"' => VALUE,
            b':' => SPACED | LINK,
            b';' | b'!' | b'?' | 0xC2 => SPACED,
            b'w' => W,
            b'@' => LINK,
            b'{' | b'$' | b']' | b'\n' => CONVERTED,
            _ => 0,
        };
        byte += 1;
    }
    signs
};

/// The signs that a text has.
pub fn of(text: &str) -> u8 {
    // Without a branch: this looks at every byte of a post.
    let (mut signs, mut twice, mut before) = (0, 0, 0);
    for byte in text.bytes() {
        let sign = OF_BYTE[usize::from(byte)];
        signs |= sign;
        twice |= sign & before;
        before = sign;
    }
    if twice & W != 0 { signs | LINK } else { signs }
}

/// Where the first of some signs stands from a position on.
pub fn find(text: &str, from: usize, wanted: u8) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut at = from;
    while at < bytes.len() {
        if OF_BYTE[usize::from(bytes[at])] & wanted != 0 {
            return Some(at);
        }
        at += 1;
    }
    None
}

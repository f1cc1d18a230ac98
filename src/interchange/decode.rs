//! Bytes to text, for files from anywhere: UTF-8, UTF-16 as Excel's "Unicode text" writes it, and
//! Windows-1252 as older spreadsheets do.
//!
//! A table of 32 entries instead of an encoding library: the browser build carries its own weight, and
//! these three cover what spreadsheets save.

/// How a file's bytes were read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding {
    /// UTF-8, with or without byte order mark.
    Utf8,
    /// UTF-16, told by its byte order mark or by every other byte being zero.
    Utf16,
    /// Not UTF-8 and not UTF-16: taken for Windows-1252, the superset of Latin-1. A guess.
    Windows1252,
}

impl Encoding {
    /// Its usual name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Utf8 => "UTF-8",
            Self::Utf16 => "UTF-16",
            Self::Windows1252 => "Windows-1252",
        }
    }
}

/// What Windows-1252 puts at 0x80 to 0x9F; the five holes are the control characters of the WHATWG
/// Encoding Standard (2015), which cleaning removes later.
const WINDOWS_1252_HIGH: [char; 32] = [
    '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8D}', 'Ž', '\u{8F}', '\u{90}',
    '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9D}', 'ž', 'Ÿ',
];

/// How many bytes are looked at to tell UTF-16 without a byte order mark.
const SNIFFED_BYTES: usize = 512;

/// The text in `bytes`, without byte order mark, and how it was read. Never fails: what no encoding
/// explains becomes U+FFFD (UTF-16) or some other letter (Windows-1252), for a person to see.
pub fn decode(bytes: &[u8]) -> (String, Encoding) {
    if let Some(rest) = bytes.strip_prefix(b"\xEF\xBB\xBF") {
        return decode_unmarked(rest);
    }
    if let Some(rest) = bytes.strip_prefix(b"\xFF\xFE") {
        return (from_utf16(rest, u16::from_le_bytes), Encoding::Utf16);
    }
    if let Some(rest) = bytes.strip_prefix(b"\xFE\xFF") {
        return (from_utf16(rest, u16::from_be_bytes), Encoding::Utf16);
    }
    match zero_half(bytes) {
        Some(Half::Second) => (from_utf16(bytes, u16::from_le_bytes), Encoding::Utf16),
        Some(Half::First) => (from_utf16(bytes, u16::from_be_bytes), Encoding::Utf16),
        None => decode_unmarked(bytes),
    }
}

fn decode_unmarked(bytes: &[u8]) -> (String, Encoding) {
    match std::str::from_utf8(bytes) {
        Ok(text) => (text.to_owned(), Encoding::Utf8),
        Err(_) => (
            bytes.iter().map(|&byte| from_windows_1252(byte)).collect(),
            Encoding::Windows1252,
        ),
    }
}

fn from_windows_1252(byte: u8) -> char {
    match byte {
        0x80..=0x9F => WINDOWS_1252_HIGH[usize::from(byte - 0x80)],
        _ => char::from(byte),
    }
}

fn from_utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> String {
    let units = bytes.as_chunks::<2>().0.iter().map(|&pair| unit(pair));
    char::decode_utf16(units)
        .map(|unit| unit.unwrap_or(char::REPLACEMENT_CHARACTER))
        .collect()
}

/// Which byte of each pair is zero in mostly-ASCII UTF-16.
enum Half {
    First,
    Second,
}

/// Says UTF-16 if at least four, and four in ten, of one half's bytes are zero and none of the other's: text in
/// UTF-8 or Windows-1252 has no zeros, and a binary file has them in both halves.
fn zero_half(bytes: &[u8]) -> Option<Half> {
    let pairs = bytes.get(..SNIFFED_BYTES.min(bytes.len()))?.as_chunks::<2>().0;
    let first = pairs.iter().filter(|pair| pair[0] == 0).count();
    let second = pairs.iter().filter(|pair| pair[1] == 0).count();
    let most = |zeros: usize| zeros >= 4 && zeros * 10 >= pairs.len() * 4;
    match (first, second) {
        (0, zeros) if most(zeros) => Some(Half::Second),
        (zeros, 0) if most(zeros) => Some(Half::First),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_sentence_comes_out_of_every_encoding() {
        let sentence = "Café “Gotong” – €5";
        let marked: Vec<u8> = [b"\xEF\xBB\xBF", sentence.as_bytes()].concat();
        let little: Vec<u8> = sentence.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let big: Vec<u8> = sentence.encode_utf16().flat_map(u16::to_be_bytes).collect();
        let windows = b"Caf\xE9 \x93Gotong\x94 \x96 \x805".to_vec();
        let cases = [
            (sentence.as_bytes().to_vec(), Encoding::Utf8),
            (marked, Encoding::Utf8),
            ([b"\xFF\xFE".to_vec(), little].concat(), Encoding::Utf16),
            ([b"\xFE\xFF".to_vec(), big].concat(), Encoding::Utf16),
            (windows, Encoding::Windows1252),
        ];
        for (bytes, encoding) in cases {
            assert_eq!(decode(&bytes), (sentence.to_owned(), encoding));
        }
    }

    #[test]
    fn utf16_without_a_mark_is_told_by_its_zeros() {
        let table = "nama,sektor\r\nYayasan,ngo\r\n";
        let little: Vec<u8> = table.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let big: Vec<u8> = table.encode_utf16().flat_map(u16::to_be_bytes).collect();
        assert_eq!(decode(&little), (table.to_owned(), Encoding::Utf16));
        assert_eq!(decode(&big), (table.to_owned(), Encoding::Utf16));
    }

    #[test]
    fn stray_zeros_and_halves_do_not_panic() {
        assert_eq!(decode(b"a\0b").0, "a\0b");
        assert_eq!(decode(b"\xFF\xFE\x00").0, "");
        assert_eq!(decode(b"\xFF\xFE\x00\xD8").0, "\u{FFFD}");
        assert_eq!(decode(b"").0, "");
    }
}

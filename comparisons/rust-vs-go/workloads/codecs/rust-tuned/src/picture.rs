//! A drawn picture, and PNG with the library's defaults.
//!
//! The picture is made of tiles of four kinds, from flat to grainy, so that each of PNG's filters
//! has rows it suits. Only whole numbers are used, so it is the same in every language.

use std::io::Cursor;

use anyhow::{Context, Result};
use png::{BitDepth, ColorType, Decoder, Encoder};

const CHANNELS: usize = 4;
const TILE: u64 = 64;

/// Red, green, blue and alpha of each pixel, row by row. Alpha falls from row to row: no picture
/// is opaque.
pub fn draw(side: u32, seed: u64) -> Vec<u8> {
    let side = u64::from(side);
    let mut pixels = Vec::with_capacity((side * side) as usize * CHANNELS);
    for y in 0..side {
        let alpha = 255 - y * 128 / side;
        for x in 0..side {
            pixels.extend_from_slice(&colour(x, y, seed));
            pixels.push(alpha as u8);
        }
    }
    pixels
}

fn colour(x: u64, y: u64, seed: u64) -> [u8; 3] {
    let tile = mix(seed ^ (((y / TILE) << 32) | (x / TILE)));
    let [red, green, blue, ..] = tile.to_le_bytes();
    let sloped = [
        red.wrapping_add((x % TILE) as u8),
        green.wrapping_add((y % TILE) as u8),
        blue.wrapping_add(((x + y) / 2) as u8),
    ];
    match tile >> 62 {
        0 => [red, green, blue],
        1 => sloped,
        2 => {
            let grain = mix(tile ^ ((y << 32) | x)).to_le_bytes();
            [0, 1, 2].map(|channel| sloped[channel].wrapping_add(grain[channel] & 127))
        }
        _ if ((x + y) / 8).is_multiple_of(2) => [red, green, blue],
        _ => [blue, red, green],
    }
}

/// The finishing step of SplitMix64: each bit of the result depends on each bit of the value.
fn mix(value: u64) -> u64 {
    let value = value.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let value = (value ^ (value >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let value = (value ^ (value >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    value ^ (value >> 31)
}

/// The PNG file of a square picture.
pub fn write(pixels: &[u8], side: u32) -> Result<Vec<u8>> {
    let mut file = Vec::with_capacity(pixels.len() / 2);
    let mut encoder = Encoder::new(&mut file, side, side);
    encoder.set_color(ColorType::Rgba);
    encoder.set_depth(BitDepth::Eight);
    let mut writer = encoder.write_header().context("png")?;
    writer.write_image_data(pixels).context("png")?;
    writer.finish().context("png")?;
    Ok(file)
}

/// The pixels of a PNG file.
pub fn read(file: &[u8]) -> Result<Vec<u8>> {
    let mut reader = Decoder::new(Cursor::new(file)).read_info().context("png")?;
    let size = reader.output_buffer_size().context("png: too large")?;
    let mut pixels = vec![0; size];
    reader.next_frame(&mut pixels).context("png")?;
    Ok(pixels)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_finishing_step_is_the_published_one() {
        // The first numbers of SplitMix64 from state 0.
        assert_eq!(mix(0), 0xe220_a839_7b1d_cdaf);
        assert_eq!(mix(0x9e37_79b9_7f4a_7c15), 0x6e78_9e6a_a1b9_65f4);
    }

    #[test]
    fn a_file_gives_its_pixels_back() {
        let pixels = draw(200, 3);
        assert_eq!(read(&write(&pixels, 200).unwrap()).unwrap(), pixels);
    }

    #[test]
    fn a_file_cut_short_is_a_fault() {
        let file = write(&draw(64, 3), 64).unwrap();
        assert!(read(&file[..file.len() / 2]).is_err());
    }

    #[test]
    fn seeds_draw_different_pictures() {
        assert_ne!(draw(64, 1), draw(64, 2));
    }
}

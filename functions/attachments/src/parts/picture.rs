//! Scaled-down images. Uploads may be crafted to exhaust the decoder, so dimensions are checked first and memory is
//! limited.

use image::{DynamicImage, ImageDecoder, ImageFormat, ImageReader, Limits, imageops::FilterType};
use millrace_domain::{
    Error, Result,
    file::{attachment::Dimensions, media::MediaType},
};
use std::io::Cursor;
use tokio::sync::Semaphore;

/// The largest source image to scale down, in bytes.
pub(crate) const LARGEST_IMAGE: u64 = 25 * 1024 * 1024;
/// The maximum width and height in pixels. A file of a few kilobytes can declare any size.
const LONGEST_SIDE: u32 = 12_000;
/// The maximum memory for decoding one image, in bytes.
const MOST_MEMORY: u64 = 256 * 1024 * 1024;
/// The longer side of a thumbnail, in pixels.
const THUMBNAIL_SIDE: u32 = 320;
/// The side of an avatar, in pixels.
const AVATAR_SIDE: u32 = 256;

/// Decoding takes up to the whole memory limit, so only one runs at a time.
static ONE_AT_A_TIME: Semaphore = Semaphore::const_new(1);

/// How to scale an image down.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Shape {
    /// The whole image, keeping its proportions.
    Thumbnail,
    /// The centre of the image, as a square.
    Square,
}

/// A scaled-down image, as WebP.
pub(crate) struct Small {
    /// The encoded bytes.
    pub webp: Vec<u8>,
    /// The size.
    pub dimensions: Dimensions,
}

/// Scales an image down; none if the data is not an image or exceeds the limits.
///
/// # Errors
/// [`Error::Internal`] if encoding fails.
pub(crate) async fn shrink(bytes: Vec<u8>, content_type: &MediaType, shape: Shape) -> Result<Option<Small>> {
    let Some(format) = ImageFormat::from_mime_type(content_type.as_str()) else { return Ok(None) };
    let _turn = ONE_AT_A_TIME.acquire().await.map_err(Error::internal)?;
    let small = tokio::task::spawn_blocking(move || open(bytes, format).map(|image| write(image, shape)));
    match small.await.map_err(Error::internal)? {
        Ok(small) => small.map(Some),
        Err(error) => {
            tracing::info!(%error, "no small picture can be made of this image");
            Ok(None)
        }
    }
}

fn open(bytes: Vec<u8>, format: ImageFormat) -> image::ImageResult<DynamicImage> {
    let mut limits = Limits::default();
    limits.max_image_width = Some(LONGEST_SIDE);
    limits.max_image_height = Some(LONGEST_SIDE);
    limits.max_alloc = Some(MOST_MEMORY);
    let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
    reader.limits(limits);
    let mut decoder = reader.into_decoder()?;
    let orientation = decoder.orientation()?;
    let mut image = DynamicImage::from_decoder(decoder)?;
    image.apply_orientation(orientation);
    Ok(image)
}

fn write(image: DynamicImage, shape: Shape) -> Result<Small> {
    let small = match shape {
        Shape::Thumbnail if image.width().max(image.height()) <= THUMBNAIL_SIDE => image,
        Shape::Thumbnail => image.thumbnail(THUMBNAIL_SIDE, THUMBNAIL_SIDE),
        Shape::Square => image.resize_to_fill(AVATAR_SIDE, AVATAR_SIDE, FilterType::Lanczos3),
    };
    let mut webp = Cursor::new(Vec::new());
    let dimensions = Dimensions { width: small.width(), height: small.height() };
    DynamicImage::from(small.to_rgba8()).write_to(&mut webp, ImageFormat::WebP).map_err(Error::internal)?;
    Ok(Small { webp: webp.into_inner(), dimensions })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn png(width: u32, height: u32) -> Vec<u8> {
        let mut bytes = Cursor::new(Vec::new());
        DynamicImage::new_rgb8(width, height).write_to(&mut bytes, ImageFormat::Png).expect("writes");
        bytes.into_inner()
    }

    async fn small(bytes: Vec<u8>, shape: Shape) -> Option<(u32, u32)> {
        let small = shrink(bytes, &MediaType::new("image/png").expect("a type"), shape).await.expect("no fault");
        let small = small?;
        let opened = image::load_from_memory_with_format(&small.webp, ImageFormat::WebP).expect("is WebP");
        assert_eq!((opened.width(), opened.height()), (small.dimensions.width, small.dimensions.height));
        Some((opened.width(), opened.height()))
    }

    #[tokio::test]
    async fn a_thumbnail_keeps_its_proportions_and_never_grows() {
        assert_eq!(small(png(1_280, 640), Shape::Thumbnail).await, Some((320, 160)));
        assert_eq!(small(png(10, 400), Shape::Thumbnail).await, Some((8, 320)));
        assert_eq!(small(png(20, 10), Shape::Thumbnail).await, Some((20, 10)));
    }

    #[tokio::test]
    async fn an_avatar_is_cropped_to_a_square() {
        assert_eq!(small(png(600, 300), Shape::Square).await, Some((256, 256)));
        assert_eq!(small(png(30, 90), Shape::Square).await, Some((256, 256)));
    }

    #[tokio::test]
    async fn oversized_or_corrupt_images_have_no_thumbnail() {
        assert_eq!(small(b"\x89PNG\r\n\x1a\nbroken".to_vec(), Shape::Thumbnail).await, None);
        assert_eq!(small(png(12_001, 1), Shape::Thumbnail).await, None);
        // Nine thousand by nine thousand black pixels are a file of some 300 kB, and 324 MB in memory.
        let mut bomb = png(4, 4);
        bomb[16..24].copy_from_slice(&[0, 0, 0x23, 0x28, 0, 0, 0x23, 0x28]);
        assert_eq!(small(bomb, Shape::Thumbnail).await, None);
    }
}

//! Random bits from the browser's generator.

/// Sixty-four of them.
pub fn bits() -> u64 {
    let mut bytes = [0; 8];
    let filled = gloo::utils::window()
        .crypto()
        .is_ok_and(|crypto| crypto.get_random_values_with_u8_array(&mut bytes).is_ok());
    if !filled {
        // Every browser that runs this page has the generator; ids must differ even in one that has not.
        bytes = (js_sys::Math::random() * u64::MAX as f64).to_bits().to_be_bytes();
    }
    u64::from_be_bytes(bytes)
}

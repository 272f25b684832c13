/// A new name for a click that costs something, so that the server knows the same click when it comes twice. Empty
/// on the server, where nobody clicks.
pub fn new_request() -> String {
    #[cfg(feature = "hydrate")]
    {
        let mut bytes = [0_u8; 16];
        // Unlike `randomUUID` this exists over plain http too.
        let crypto = leptos::prelude::window().crypto();
        if let Err(error) = crypto.and_then(|crypto| crypto.get_random_values_with_u8_array(&mut bytes)) {
            leptos::logging::error!("no random numbers: {error:?}");
        }
        bytes.iter().map(|byte| format!("{byte:02x}")).collect()
    }
    #[cfg(not(feature = "hydrate"))]
    String::new()
}

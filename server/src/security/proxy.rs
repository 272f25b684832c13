use std::net::IpAddr;
use std::str::FromStr;

/// An address or a network that is believed about whom it forwards for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Proxy {
    network: IpAddr,
    bits: u8,
}

impl Proxy {
    /// Whether an address belongs to it. An IPv4 address in IPv6 clothes counts as IPv4.
    pub fn contains(&self, address: IpAddr) -> bool {
        match (self.network, address.to_canonical()) {
            (IpAddr::V4(network), IpAddr::V4(address)) => same_prefix(
                u128::from(network.to_bits()) << 96,
                u128::from(address.to_bits()) << 96,
                self.bits,
            ),
            (IpAddr::V6(network), IpAddr::V6(address)) => {
                same_prefix(network.to_bits(), address.to_bits(), self.bits)
            }
            _ => false,
        }
    }
}

impl FromStr for Proxy {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let (network, bits) = match text.trim().split_once('/') {
            Some((network, bits)) => (network, Some(bits)),
            None => (text.trim(), None),
        };
        let network: IpAddr = network.parse().map_err(|_| {
            "it must be an address such as 10.0.0.7 or a network such as 10.0.0.0/8".to_owned()
        })?;
        let most = if network.is_ipv4() { 32 } else { 128 };
        let bits = match bits {
            Some(bits) => bits
                .parse()
                .ok()
                .filter(|bits| *bits <= most)
                .ok_or(format!("a network has 0 to {most} bits"))?,
            None => most,
        };
        Ok(Self { network, bits })
    }
}

fn same_prefix(one: u128, other: u128, bits: u8) -> bool {
    bits == 0 || (one ^ other) >> (128 - u32::from(bits)) == 0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn t2_a_network_holds_its_addresses_and_no_other() {
        let within =
            |proxy: &str, address: &str| proxy.parse::<Proxy>().unwrap().contains(address.parse().unwrap());
        assert!(within("10.0.0.7", "10.0.0.7") && !within("10.0.0.7", "10.0.0.8"));
        assert!(within("10.0.0.0/8", "10.255.0.1") && !within("10.0.0.0/8", "11.0.0.1"));
        assert!(within("10.0.0.0/8", "::ffff:10.1.2.3"));
        assert!(within("fd00::/8", "fd12::1") && !within("fd00::/8", "10.0.0.1"));
        assert!(within("0.0.0.0/0", "8.8.8.8"));
        assert!("10.0.0.0/33".parse::<Proxy>().is_err() && "proxy.internal".parse::<Proxy>().is_err());
    }
}

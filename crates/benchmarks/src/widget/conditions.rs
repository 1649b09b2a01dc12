//! How slow the machine and the network are made.

/// One set of circumstances.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Condition {
    /// How much slower than this machine.
    pub cpu: u32,
    /// `None`: as fast as loopback.
    pub network: Option<Network>,
}

/// A slow network.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Network {
    /// Bits a second, down.
    pub bits: u32,
    /// Round trip in milliseconds.
    pub round_trip: u32,
}

/// A mobile connection on a bad day.
const SLOW: Network = Network { bits: 1_600_000, round_trip: 150 };

/// What is measured.
pub const CONDITIONS: [Condition; 3] = [
    Condition { cpu: 1, network: None },
    Condition { cpu: 4, network: None },
    Condition { cpu: 1, network: Some(SLOW) },
];

impl Condition {
    /// As the report names it.
    pub fn cpu_name(self) -> String {
        format!("x{}", self.cpu)
    }

    /// As the report names it.
    pub fn network_name(self) -> String {
        match self.network {
            None => "loopback".to_owned(),
            Some(network) => {
                format!(
                    "{}.{} Mbit/s, {} ms",
                    network.bits / 1_000_000,
                    network.bits / 100_000 % 10,
                    network.round_trip
                )
            }
        }
    }
}

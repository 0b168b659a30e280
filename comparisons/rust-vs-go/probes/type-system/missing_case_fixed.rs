enum Light {
    Red,
    Amber,
    Green,
}

fn may_go(light: &Light) -> bool {
    match light {
        Light::Red | Light::Amber => false,
        Light::Green => true,
    }
}

fn main() {
    for light in [Light::Red, Light::Amber, Light::Green] {
        println!("{}", may_go(&light));
    }
}

//! A small stroke alphabet of our own, and the caption that shows a picture's prompt.

use super::shapes::{Canvas, hex};

/// Strokes on a grid of 4 across and 6 down: digits are points (x then y), a space lifts the pen.
const LETTERS: &[(char, &str)] = &[
    ('A', "062046 1333"),
    ('B', "060020313223032334452606"),
    ('C', "4130100105163645"),
    ('D', "06002042442606"),
    ('E', "40000646 0333"),
    ('F', "400006 0333"),
    ('G', "413010010516364543 2343"),
    ('H', "0006 4046 0343"),
    ('I', "2026 1030 1636"),
    ('J', "404536160504"),
    ('K', "0006 4003 1346"),
    ('L', "000646"),
    ('M', "0600234046"),
    ('N', "06004640"),
    ('O', "103041453616050110"),
    ('P', "06003041423303"),
    ('Q', "103041453616050110 2446"),
    ('R', "06003041423303 2346"),
    ('S', "413010010213334445361605"),
    ('T', "0040 2026"),
    ('U', "000516364540"),
    ('V', "002640"),
    ('W', "0016233640"),
    ('X', "0046 4006"),
    ('Y', "002340 2326"),
    ('Z', "00400646"),
    ('0', "103041453616050110"),
    ('1', "112026 1636"),
    ('2', "01103041420646"),
    ('3', "011030414223 23334445361605"),
    ('4', "3630044400"),
    ('5', "4000033344453605"),
    ('6', "40100105163645443303"),
    ('7', "004016"),
    ('8', "103041423313020110 133344453616050413"),
    ('9', "4313020110304145361605"),
    ('.', "2526"),
    (',', "252617"),
    ('!', "2023 2526"),
    ('?', "0110304142232324 2526"),
    ('\'', "2021"),
    ('"', "1011 3031"),
    ('-', "1333"),
    ('–', "0343"),
    (':', "2122 2425"),
    (';', "2122 242516"),
    ('/', "4006"),
    ('%', "4006 0001 4546"),
    ('&', "461211203031321405162644"),
    ('+', "1333 2224"),
    ('=', "1232 1434"),
    ('(', "30112536"),
    (')', "10313516"),
    ('#', "1016 3036 0242 0444"),
    ('@', "3424233343454616050110304143"),
    ('°', "1020211110"),
    ('€', "4130100105163645 0333 0232"),
];
/// Height of a line to the height of a letter, and width of a letter with its gap.
const LEADING: f32 = 1.9;
const ADVANCE: f32 = 0.92;
const MOST_LINES: usize = 4;

/// Writes a text over the lower edge, on a darkened strip.
pub fn caption(canvas: &mut Canvas, text: &str) {
    let (half_x, half_y) = canvas.half();
    let size = 0.03;
    let margin = 0.06;
    let per_line = ((half_x - margin) * 2.0 / (size * ADVANCE)) as usize;
    let lines = wrap(&plain(text), per_line);
    let height = lines.len() as f32 * size * LEADING;
    let top = half_y - margin - height;
    canvas.paint(
        [-half_x, top - 0.16, half_x, half_y],
        0.22,
        0.72,
        |_, y| top - 0.02 - y,
        |_, _| hex(0x100c0a),
    );
    for (n, line) in lines.iter().enumerate() {
        let y = top + (n as f32 + 0.5) * size * LEADING - size / 2.0;
        for (at, letter) in line.chars().enumerate() {
            write(canvas, letter, -half_x + margin + at as f32 * size * ADVANCE, y, size);
        }
    }
}

/// Writes a text white and centred in a place given in pixels, `size` pixels high.
pub fn centred(canvas: &mut Canvas, text: &str, [left, top, right, bottom]: [f32; 4], size: f32) {
    let (half_x, half_y) = canvas.half();
    let unit = canvas.unit();
    let size = size.max(4.0) / unit;
    let wide = (right - left) / unit;
    let lines = wrap(&plain(text), ((wide / (size * ADVANCE)) as usize).max(1));
    let height = lines.len() as f32 * size * LEADING;
    let (middle_x, middle_y) = ((left + right) / 2.0 / unit - half_x, (top + bottom) / 2.0 / unit - half_y);
    for (n, line) in lines.iter().enumerate() {
        let start = middle_x - line.chars().count() as f32 * size * ADVANCE / 2.0;
        let y = middle_y - height / 2.0 + (n as f32 + 0.5) * size * LEADING - size / 2.0;
        for (at, letter) in line.chars().enumerate() {
            write(canvas, letter, start + at as f32 * size * ADVANCE, y, size);
        }
    }
}

fn write(canvas: &mut Canvas, letter: char, x: f32, y: f32, size: f32) {
    let Some((_, strokes)) = LETTERS.iter().find(|(known, _)| *known == letter) else {
        return;
    };
    let unit = size / 6.0;
    for stroke in strokes.split(' ') {
        let digits: Vec<f32> = stroke.bytes().map(|digit| f32::from(digit - b'0') * unit).collect();
        let points: Vec<[f32; 2]> =
            digits.chunks_exact(2).map(|point| [x + point[0], y + point[1]]).collect();
        for pair in points.windows(2) {
            canvas.line(pair[0], pair[1], size * 0.13, hex(0xf7f1e6));
        }
    }
}

/// Upper case, one space between words, and letters that the alphabet has.
fn plain(text: &str) -> String {
    let simple = text.chars().flat_map(char::to_uppercase).map(|letter| match letter {
        'Ä' | 'À' | 'Á' | 'Â' | 'Å' => 'A',
        'É' | 'È' | 'Ê' | 'Ë' => 'E',
        'Ö' | 'Ó' | 'Ô' | 'Ø' => 'O',
        'Ü' | 'Ú' | 'Û' => 'U',
        'Ñ' => 'N',
        '\u{2019}' => '\'',
        '\u{201c}' | '\u{201d}' => '"',
        other => other,
    });
    let known: String = simple
        .map(|letter| if LETTERS.iter().any(|(known, _)| *known == letter) { letter } else { ' ' })
        .collect();
    known.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Lines of at most so many letters; what does not fit ends in dots.
fn wrap(text: &str, per_line: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in text.split(' ') {
        let word: String = word.chars().take(per_line).collect();
        let last = lines.len() - 1;
        if lines[last].chars().count() + word.chars().count() + 1 > per_line {
            if lines.len() == MOST_LINES {
                lines[last].push_str("...");
                return lines;
            }
            lines.push(word);
        } else {
            if !lines[last].is_empty() {
                lines[last].push(' ');
            }
            lines[last].push_str(&word);
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_prompts_wrap_and_end_in_dots() {
        assert_eq!(wrap("A MUG ON A SHELF", 8), ["A MUG ON", "A SHELF"]);
        let many = wrap(&"WORD ".repeat(60), 20);
        assert_eq!(many.len(), MOST_LINES);
        assert!(many[MOST_LINES - 1].ends_with("..."));
        assert_eq!(plain("Größe 🫖 1,240 °C"), "GRO E 1,240 °C".replace("GRO E", &plain("größe")));
    }

    #[test]
    fn every_letter_is_points_on_the_grid() {
        for (letter, strokes) in LETTERS {
            for stroke in strokes.split(' ') {
                assert!(stroke.len() >= 4 && stroke.len() % 2 == 0, "{letter}");
                assert!(stroke.bytes().all(|digit| digit.is_ascii_digit()), "{letter}");
            }
        }
    }
}

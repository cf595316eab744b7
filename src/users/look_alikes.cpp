#include "users/look_alikes.hpp"

#include "base/utf8.hpp"
#include "users/user.hpp"

#include <algorithm>
#include <array>
#include <vector>

namespace users {

namespace {

enum class Alphabet : std::uint8_t
{
    Latin,
    Cyrillic,
    Greek,
    /// Digits, punctuation, all other letters.
    None
};

struct LookAlike
{
    char latin;
    char32_t cyrillic;
    char32_t greek;
};

// Names are compared without regard to case, so letters count that look alike as small or as capital ones; zero for
// none.
constexpr std::array look_alikes{LookAlike{'a', 0x0430, 0x03B1}, LookAlike{'b', 0x0432, 0x03B2},
    LookAlike{'c', 0x0441, 0}, LookAlike{'d', 0x0501, 0}, LookAlike{'e', 0x0435, 0x03B5},
    LookAlike{'h', 0x043D, 0x03B7}, LookAlike{'i', 0x0456, 0x03B9}, LookAlike{'j', 0x0458, 0x03F3},
    LookAlike{'k', 0x043A, 0x03BA}, LookAlike{'l', 0x04CF, 0}, LookAlike{'m', 0x043C, 0x03BC},
    LookAlike{'o', 0x043E, 0x03BF}, LookAlike{'p', 0x0440, 0x03C1}, LookAlike{'q', 0x051B, 0},
    LookAlike{'r', 0x0433, 0}, LookAlike{'s', 0x0455, 0}, LookAlike{'t', 0x0442, 0x03C4}, LookAlike{'u', 0, 0x03C5},
    LookAlike{'v', 0x0475, 0x03BD}, LookAlike{'w', 0x051D, 0x03C9}, LookAlike{'x', 0x0445, 0x03C7},
    LookAlike{'y', 0x0443, 0x03B3}, LookAlike{'z', 0, 0x03B6}};

bool is_between(char32_t c, char32_t first, char32_t last)
{
    return c >= first && c <= last;
}

Alphabet alphabet_of(char32_t c)
{
    if (is_between(c, 'a', 'z') || is_between(c, 'A', 'Z') || is_between(c, 0x00C0, 0x024F) ||
        is_between(c, 0x1E00, 0x1EFF))
        return Alphabet::Latin;
    if (is_between(c, 0x0400, 0x052F) || is_between(c, 0x1C80, 0x1C8F) || is_between(c, 0xA640, 0xA69F))
        return Alphabet::Cyrillic;
    if (is_between(c, 0x0370, 0x03FF) || is_between(c, 0x1F00, 0x1FFF))
        return Alphabet::Greek;
    return Alphabet::None;
}

/// Letters of one alphabet, or what is in none.
struct Run
{
    std::u32string letters;
    Alphabet alphabet = Alphabet::None;
};

std::vector<Run> runs_of(std::string_view name)
{
    std::vector<Run> runs;
    while (!name.empty()) {
        const base::CodePoint c = base::decode_utf8(name);
        const Alphabet alphabet = alphabet_of(c.value);
        if (runs.empty() || runs.back().alphabet != alphabet)
            runs.push_back({.letters = {}, .alphabet = alphabet});
        runs.back().letters += c.value;
        name.remove_prefix(std::max<std::size_t>(c.length, 1));
    }
    return runs;
}

char32_t letter_of(const LookAlike& look_alike, Alphabet alphabet)
{
    if (alphabet == Alphabet::Latin)
        return static_cast<unsigned char>(look_alike.latin);
    return alphabet == Alphabet::Cyrillic ? look_alike.cyrillic : look_alike.greek;
}

/// The run in letters of another alphabet; nothing when one of them has no look-alike there.
std::optional<std::u32string> in_letters_of(const Run& run, Alphabet alphabet)
{
    std::u32string letters;
    for (const char32_t c : run.letters) {
        const auto* const known = std::ranges::find_if(
            look_alikes, [&](const LookAlike& look_alike) { return letter_of(look_alike, run.alphabet) == c; });
        if (known == look_alikes.end() || letter_of(*known, alphabet) == 0)
            return std::nullopt;
        letters += letter_of(*known, alphabet);
    }
    return letters;
}

/// What the run looks like, the run itself first.
std::vector<std::u32string> looks_of(const Run& run)
{
    std::vector<std::u32string> looks{run.letters};
    for (const Alphabet alphabet : {Alphabet::Latin, Alphabet::Cyrillic, Alphabet::Greek}) {
        if (run.alphabet == Alphabet::None || run.alphabet == alphabet)
            continue;
        if (auto letters = in_letters_of(run, alphabet))
            looks.push_back(*std::move(letters));
    }
    return looks;
}

std::string utf8(std::u32string_view letters)
{
    std::string bytes;
    for (const char32_t c : letters)
        base::append_utf8(bytes, c);
    return bytes;
}

/// Each of the beginnings with the look behind it, as long as there are fewer than `most`.
void add_longer(std::vector<std::string>& longer, const std::vector<std::string>& beginnings, std::string_view look)
{
    constexpr std::size_t most = 64;
    for (const std::string& beginning : beginnings) {
        if (longer.size() < most)
            longer.push_back(beginning + std::string(look));
    }
}

/// Names that this one can be taken for, the name itself first. A name of many words has more, but no such name is
/// made to deceive.
std::vector<std::string> looks_of(std::string_view name)
{
    std::vector<std::string> names{""};
    for (const Run& run : runs_of(name)) {
        std::vector<std::string> longer;
        for (const std::u32string& look : looks_of(run))
            add_longer(longer, names, utf8(look));
        names = std::move(longer);
    }
    return names;
}

} // namespace

bool mixes_alphabets(std::string_view username)
{
    const std::vector<Run> runs = runs_of(username);
    for (std::size_t i = 1; i < runs.size(); ++i) {
        if (runs[i - 1].alphabet != Alphabet::None && runs[i].alphabet != Alphabet::None)
            return true;
    }
    return false;
}

std::optional<std::string> find_look_alike(db::Connection& db, std::string_view username)
{
    const std::string key = username_key(username);
    for (const std::string& look : looks_of(key)) {
        if (look == key)
            continue;
        const auto found =
            db.query("SELECT username FROM auth_user WHERE username_key = $1", look).first([](const db::Row& row) {
                return row.string(0);
            });
        if (found)
            return found;
    }
    return std::nullopt;
}

bool has_look_alike(db::Transaction& tx, std::string_view username)
{
    // Each of the two adds another row, so no row makes them wait for each other. On SQLite nobody else writes now.
    if (tx.engine() == db::Engine::Postgres)
        tx.query("SELECT pg_advisory_xact_lock(7310028713945623915)").first([](const db::Row&) { return true; });
    return find_look_alike(tx, username).has_value();
}

} // namespace users

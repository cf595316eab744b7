#include "base/text.hpp"

#include "base/utf8.hpp"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <memory>
#include <utf8proc.h>
#include <utility>

namespace base {

namespace {

bool is_ascii_letter_or_digit(char32_t c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

bool ends_in_latin(std::string_view text)
{
    return !text.empty() && is_ascii_letter_or_digit(static_cast<unsigned char>(text.back()));
}

bool is_accent(char32_t c)
{
    constexpr char32_t dot_of_catalan_l = 0x00B7;
    return c == dot_of_catalan_l || utf8proc_category(static_cast<utf8proc_int32_t>(c)) == UTF8PROC_CATEGORY_MN;
}

struct PlainLetter
{
    char32_t letter;
    std::string_view plain;
};

// Their stroke or hook is a part of the letter, so Unicode does not take them apart.
constexpr std::array plain_letters{PlainLetter{0x00E6, "ae"}, PlainLetter{0x00F0, "d"}, PlainLetter{0x00F8, "o"},
    PlainLetter{0x00FE, "th"}, PlainLetter{0x0111, "d"}, PlainLetter{0x0127, "h"}, PlainLetter{0x0131, "i"},
    PlainLetter{0x0138, "k"}, PlainLetter{0x0142, "l"}, PlainLetter{0x014B, "n"}, PlainLetter{0x0153, "oe"},
    PlainLetter{0x0167, "t"}, PlainLetter{0x0180, "b"}, PlainLetter{0x0192, "f"}, PlainLetter{0x0199, "k"},
    PlainLetter{0x019A, "l"}, PlainLetter{0x01B4, "y"}, PlainLetter{0x01B6, "z"}, PlainLetter{0x01E5, "g"},
    PlainLetter{0x0253, "b"}, PlainLetter{0x0256, "d"}, PlainLetter{0x0257, "d"}, PlainLetter{0x0268, "i"}};

/// Written with two letters where a keyboard lacks them: German, Danish, Norwegian and Swedish.
constexpr std::array spelled_out_letters{PlainLetter{0x00E4, "ae"}, PlainLetter{0x00F6, "oe"},
    PlainLetter{0x00FC, "ue"}, PlainLetter{0x00F8, "oe"}, PlainLetter{0x00E5, "aa"}, PlainLetter{0x00C4, "Ae"},
    PlainLetter{0x00D6, "Oe"}, PlainLetter{0x00DC, "Ue"}, PlainLetter{0x00D8, "Oe"}, PlainLetter{0x00C5, "Aa"}};

/// No code point becomes more than 18 (U+FDFA); more than fit are kept as they are.
struct CodePoints
{
    std::array<utf8proc_int32_t, 18> values{};
    std::size_t count = 0;
};

CodePoints fold_code_point(char32_t c, unsigned options)
{
    CodePoints folded;
    int unused = 0;
    const utf8proc_ssize_t count = utf8proc_decompose_char(static_cast<utf8proc_int32_t>(c), folded.values.data(),
        static_cast<utf8proc_ssize_t>(folded.values.size()), static_cast<utf8proc_option_t>(options), &unused);
    folded.count = static_cast<std::size_t>(count);
    if (count < 0 || folded.count > folded.values.size()) {
        return {{static_cast<utf8proc_int32_t>(c)}, 1};
    }
    return folded;
}

/// The ASCII letters and digits that a Latin letter is read as without its accents; empty for anything else.
std::string plain_letters_of(char32_t c)
{
    // Only letters and digits: a fraction or a trade mark sign is not the word that it looks like.
    constexpr unsigned canonical = UTF8PROC_CASEFOLD | UTF8PROC_DECOMPOSE;
    constexpr unsigned compatible = canonical | UTF8PROC_COMPAT;
    const CodePoints parts = fold_code_point(c, is_letter_or_digit(c) ? compatible : canonical);
    std::string plain;
    for (std::size_t i = 0; i < parts.count; ++i) {
        const auto part = static_cast<char32_t>(parts.values[i]);
        const auto* const known = std::ranges::find(plain_letters, part, &PlainLetter::letter);
        if (known != plain_letters.end()) {
            plain += known->plain;
        } else if (is_ascii_letter_or_digit(part)) {
            plain.push_back(static_cast<char>(part));
        } else if (plain.empty() || !is_accent(part)) {
            return {};
        }
    }
    return plain;
}

void append_folded(std::string& out, char32_t c)
{
    // Only after a Latin letter: a decomposed Cyrillic short i must not become another letter.
    if (c != 0x00B7 && is_accent(c) && ends_in_latin(out)) {
        return;
    }
    if (const std::string plain = plain_letters_of(c); !plain.empty()) {
        out += plain;
        return;
    }
    const CodePoints lower = fold_code_point(c, UTF8PROC_CASEFOLD);
    for (std::size_t i = 0; i < lower.count; ++i) {
        append_utf8(out, static_cast<char32_t>(lower.values[i]));
    }
}

/// The length of the well-formed beginning.
std::size_t valid_length(std::string_view text)
{
    std::size_t at = 0;
    while (const std::size_t length = decode_utf8(text.substr(at)).length) {
        at += length;
    }
    return at;
}

/// With composed letters for decomposed ones (NFC): both are one spelling to everybody but a computer.
std::string composed(std::string_view text)
{
    std::string out;
    while (!text.empty()) {
        const std::size_t valid = valid_length(text);
        utf8proc_uint8_t* bytes = nullptr;
        const utf8proc_ssize_t length =
            utf8proc_map(reinterpret_cast<const utf8proc_uint8_t*>(text.data()), static_cast<utf8proc_ssize_t>(valid),
                &bytes, static_cast<utf8proc_option_t>(UTF8PROC_STABLE | UTF8PROC_COMPOSE));
        const std::unique_ptr<utf8proc_uint8_t, void (*)(void*)> owner(bytes, std::free);
        if (length >= 0) {
            out.append(reinterpret_cast<const char*>(bytes), static_cast<std::size_t>(length));
        } else {
            out += text.substr(0, valid);
        }
        text.remove_prefix(valid);
        out += text.substr(0, 1);
        text.remove_prefix(std::min<std::size_t>(text.size(), 1));
    }
    return out;
}

bool is_ascii_byte(char c)
{
    return static_cast<unsigned char>(c) < 0x80;
}

/// ASCII without the last character before something else: that one may get an accent.
std::size_t length_of_plain_beginning(std::string_view text)
{
    const auto* const end = std::ranges::find_if_not(text, is_ascii_byte);
    const auto length = static_cast<std::size_t>(end - text.begin());
    return end == text.end() || length == 0 ? length : length - 1;
}

/// Up to two ASCII characters, between which nothing is composed, or to the last one.
std::size_t length_of_foreign_beginning(std::string_view text)
{
    std::size_t at = std::min<std::size_t>(text.size(), 1);
    while (at < text.size() && !(is_ascii_byte(text[at]) && (at + 1 == text.size() || is_ascii_byte(text[at + 1]))))
        ++at;
    return at;
}

std::string fold_composed(std::string_view text)
{
    std::string out;
    out.reserve(text.size());
    for (std::size_t at = 0; at < text.size();) {
        const char byte = text[at];
        if (is_ascii_byte(byte)) {
            out += ascii_lower(text.substr(at, 1));
            ++at;
            continue;
        }
        const CodePoint code_point = decode_utf8(text.substr(at));
        if (code_point.length == 0) {
            out.push_back(byte);
            ++at;
            continue;
        }
        append_folded(out, code_point.value);
        at += code_point.length;
    }
    return nfc(out);
}

/// Every sign that people type for an apostrophe: keyboards, phones and word processors differ.
bool is_apostrophe(char32_t c)
{
    if (c < 0x80)
        return c == '\'' || c == '`';
    constexpr std::array<char32_t, 9> apostrophes{
        0x00B4, 0x02B9, 0x02BB, 0x02BC, 0x2018, 0x2019, 0x201B, 0x2032, 0xFF07};
    return std::ranges::find(apostrophes, c) != apostrophes.end();
}

/// Says where a word may be hyphenated or how it is drawn, and is no boundary: a soft hyphen, a joiner, a direction
/// mark. A blank without width is a boundary.
bool is_unseen_in_a_word(char32_t c)
{
    constexpr char32_t blank_without_width = 0x200B;
    constexpr char32_t line_separator = 0x2028;
    constexpr char32_t paragraph_separator = 0x2029;
    return is_invisible(c) && c != blank_without_width && c != line_separator && c != paragraph_separator;
}

CodePoint code_point_at(std::string_view text, std::size_t at)
{
    if (at < text.size() && is_ascii_byte(text[at]))
        return {.value = static_cast<unsigned char>(text[at]), .length = 1};
    return decode_utf8(text.substr(std::min(at, text.size())));
}

bool is_word_code_point(char32_t c)
{
    if (c < 0x80) {
        return is_ascii_letter_or_digit(c);
    }
    const utf8proc_category_t category = utf8proc_category(static_cast<utf8proc_int32_t>(c));
    const bool is_mark = category == UTF8PROC_CATEGORY_MN || category == UTF8PROC_CATEGORY_MC;
    return (is_mark || is_letter_or_digit(c)) && !is_invisible(c);
}

/// ASCII letters and digits at the beginning: most of a word at once.
std::size_t length_of_letters(std::string_view text)
{
    const auto end =
        std::ranges::find_if_not(text, [](char c) { return is_ascii_letter_or_digit(static_cast<unsigned char>(c)); });
    return static_cast<std::size_t>(end - text.begin());
}

class WordList
{
  public:
    explicit WordList(Apostrophe apostrophe) : apostrophe_(apostrophe) {}

    std::size_t size() const { return words_.size(); }
    void append(std::string_view letters) { word_ += letters; }
    /// An apostrophe between letters.
    void join()
    {
        if (apostrophe_ == Apostrophe::JoinsAndSplits && !word_.empty())
            ends_of_parts_.push_back(word_.size());
    }
    void end_word()
    {
        if (word_.empty())
            return;
        words_.push_back(std::exchange(word_, {}));
        if (ends_of_parts_.empty())
            return;
        const std::string joined = words_.back();
        ends_of_parts_.push_back(joined.size());
        for (std::size_t begin = 0; const std::size_t end : ends_of_parts_)
            words_.push_back(joined.substr(std::exchange(begin, end), end - begin));
        ends_of_parts_.clear();
    }
    std::vector<std::string> take(std::size_t limit)
    {
        end_word();
        if (words_.size() > limit)
            words_.resize(limit);
        return std::move(words_);
    }

  private:
    Apostrophe apostrophe_;
    std::string word_;
    std::vector<std::size_t> ends_of_parts_;
    std::vector<std::string> words_;
};

} // namespace

std::string fold(std::string_view text)
{
    std::string out;
    out.reserve(text.size());
    while (!text.empty()) {
        const std::size_t plain = length_of_plain_beginning(text);
        out += ascii_lower(text.substr(0, plain));
        text.remove_prefix(plain);
        const std::size_t foreign = length_of_foreign_beginning(text);
        out += composed(fold_composed(composed(text.substr(0, foreign))));
        text.remove_prefix(foreign);
    }
    return out;
}

std::string spelled_out(std::string_view text)
{
    if (std::ranges::all_of(text, is_ascii_byte))
        return std::string(text);
    const std::string whole = composed(text);
    std::string out;
    for (std::size_t at = 0; at < whole.size();) {
        const CodePoint c = code_point_at(whole, at);
        const std::size_t length = std::max<std::size_t>(c.length, 1);
        const auto* const known = std::ranges::find(spelled_out_letters, c.value, &PlainLetter::letter);
        if (c.length != 0 && known != spelled_out_letters.end())
            out += known->plain;
        else
            out += std::string_view(whole).substr(at, length);
        at += length;
    }
    return out;
}

std::string in_both_spellings(std::string_view text)
{
    std::string both(text);
    if (const std::string other = spelled_out(text); other != text)
        both.append(" ").append(other);
    return both;
}

std::string without_apostrophes(std::string_view text)
{
    std::string rest;
    for (std::size_t at = 0; at < text.size();) {
        const CodePoint c = code_point_at(text, at);
        const std::size_t length = std::max<std::size_t>(c.length, 1);
        if (c.length == 0 || !is_apostrophe(c.value))
            rest += text.substr(at, length);
        at += length;
    }
    return rest;
}

std::vector<std::string> words(std::string_view text, std::size_t limit, Apostrophe apostrophe)
{
    const std::string folded = fold(text);
    const std::string_view rest = folded;
    WordList list(apostrophe);
    for (std::size_t at = 0; at < rest.size() && list.size() < limit;) {
        if (const std::size_t plain = length_of_letters(rest.substr(at)); plain != 0) {
            list.append(rest.substr(at, plain));
            at += plain;
            continue;
        }
        const CodePoint c = code_point_at(rest, at);
        const std::size_t length = std::max<std::size_t>(c.length, 1);
        if (c.length != 0 && is_apostrophe(c.value)) {
            // Between letters only: not the quotation marks around a word.
            if (is_word_code_point(code_point_at(rest, at + length).value))
                list.join();
            else
                list.end_word();
        } else if (c.length != 0 && is_word_code_point(c.value)) {
            list.append(rest.substr(at, length));
        } else if (!(c.length != 0 && is_unseen_in_a_word(c.value))) {
            list.end_word();
        }
        at += length;
    }
    return list.take(limit);
}

} // namespace base

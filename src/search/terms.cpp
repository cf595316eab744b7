#include "base/address/street.hpp"
#include "base/phone/phone.hpp"
#include "base/reference.hpp"
#include "base/text.hpp"
#include "base/utf8.hpp"
#include "search/index.hpp"

#include <algorithm>
#include <array>
#include <unordered_set>
#include <utility>

namespace search {

namespace {

// No form takes a text of more words in both spellings, so that the last ones are found, too.
constexpr std::size_t most_indexed_words = 40'000;
constexpr std::size_t most_sought_words = 12;
constexpr std::size_t longest_word = 64;

struct Range
{
    char32_t first;
    char32_t last;
};

/// Scripts whose sentences have no blanks between words: Thai to Myanmar, Khmer, kana, Chinese characters.
constexpr std::array scripts_without_blanks{Range{0x0E00, 0x0EFF}, Range{0x1000, 0x109F}, Range{0x1780, 0x17FF},
    Range{0x3005, 0x3007}, Range{0x3040, 0x30FF}, Range{0x31F0, 0x31FF}, Range{0x3400, 0x4DBF}, Range{0x4E00, 0x9FFF},
    Range{0xF900, 0xFAFF}, Range{0xFF66, 0xFF9F}, Range{0x20000, 0x3FFFF}};

bool is_written_without_blanks(char32_t c)
{
    return std::ranges::any_of(
        scripts_without_blanks, [c](const Range& range) { return c >= range.first && c <= range.last; });
}

/// A run of letters of one kind inside a word.
struct Run
{
    std::vector<std::string_view> letters;
    bool is_without_blanks = false;
};

std::vector<Run> runs_of(std::string_view word)
{
    std::vector<Run> runs;
    while (!word.empty()) {
        const base::CodePoint c = base::decode_utf8(word);
        const std::size_t length = std::max<std::size_t>(c.length, 1);
        const bool is_without_blanks = is_written_without_blanks(c.value);
        if (runs.empty() || runs.back().is_without_blanks != is_without_blanks) {
            runs.push_back({.is_without_blanks = is_without_blanks});
        }
        runs.back().letters.push_back(word.substr(0, length));
        word.remove_prefix(length);
    }
    return runs;
}

std::string joined(const std::vector<std::string_view>& letters, std::size_t first, std::size_t count)
{
    std::string word;
    for (std::size_t i = first; i < std::min(first + count, letters.size()); ++i) {
        word += letters[i];
    }
    return word;
}

/// Pairs of neighboring letters. With the last letter alone, a single letter is found as the beginning of a stored word
/// wherever it is.
std::vector<std::string> pairs_of(const Run& run)
{
    std::vector<std::string> pairs;
    for (std::size_t i = 0; i + 1 < run.letters.size(); ++i) {
        pairs.push_back(joined(run.letters, i, 2));
    }
    return pairs;
}

void append_indexed(std::vector<std::string>& words, std::string_view word)
{
    if (base::is_ascii(word)) {
        words.emplace_back(word.substr(0, longest_word));
        return;
    }
    for (const Run& run : runs_of(word)) {
        if (!run.is_without_blanks) {
            words.push_back(joined(run.letters, 0, longest_word));
            continue;
        }
        for (std::string& pair : pairs_of(run)) {
            words.push_back(std::move(pair));
        }
        words.emplace_back(run.letters.back());
    }
}

void append_sought(std::vector<Term>& terms, std::string_view word)
{
    for (const Run& run : runs_of(word)) {
        if (!run.is_without_blanks) {
            terms.push_back({.word = joined(run.letters, 0, longest_word)});
        } else if (run.letters.size() == 1) {
            terms.push_back({.word = std::string(run.letters.front()), .goes_on = true});
        } else {
            for (std::string& pair : pairs_of(run)) {
                terms.push_back({.word = std::move(pair)});
            }
        }
    }
}

/// The first words of the text as terms, and how the last one ends.
struct Sought
{
    std::vector<Term> terms;
    bool ends_without_blanks = false;
};

Sought sought_words(std::string_view text)
{
    Sought sought;
    const std::vector<std::string> words = base::words(text, most_sought_words);
    for (const std::string& word : words) {
        append_sought(sought.terms, word);
    }
    sought.ends_without_blanks = words.empty() || runs_of(words.back()).back().is_without_blanks;
    return sought;
}

/// Letters only are spelled out, so that words and terms of both spellings stand in the same order.
void add_other_spellings(std::vector<Term>& terms, std::string_view text)
{
    const std::vector<Term> others = sought_words(base::spelled_out(text)).terms;
    for (std::size_t i = 0; i < std::min(terms.size(), others.size()); ++i) {
        if (others[i].word != terms[i].word) {
            terms[i].other = others[i].word;
        }
    }
    for (Term& term : terms) {
        if (term.other.empty()) {
            term.other = base::other_street_word(term.word);
            term.is_other_whole = true;
        }
    }
}

} // namespace

SearchTerms parse_terms(std::string_view text)
{
    SearchTerms sought{.terms = {}, .references = base::find_references(text)};
    for (std::string& word : base::sought_phone(text)) {
        sought.terms.push_back({.word = std::move(word)});
    }
    if (!sought.terms.empty()) {
        sought.terms.back().goes_on = true;
        return sought;
    }
    Sought words = sought_words(text);
    sought.terms = std::move(words.terms);
    if (!words.ends_without_blanks) {
        sought.terms.back().goes_on = sought.terms.back().word.size() > 1;
    }
    add_other_spellings(sought.terms, text);
    if (sought.terms.size() > most_sought_words) {
        sought.terms.resize(most_sought_words);
    }
    return sought;
}

std::string_view status_word(service_requests::Status status)
{
    return status == service_requests::Status::Pending ? "\uE000pending" : "\uE000resolved";
}

std::optional<std::string> word_of_type(RequestTypeId type, std::string_view word)
{
    // Letters of Unicode's private use area, which no visitor can type, from U+E100 to U+F8FF.
    constexpr char32_t first_mark = 0xE100;
    constexpr std::int64_t marks = 0xF900 - 0xE100;
    if (word.empty() || (word.front() >= '0' && word.front() <= '9') || type.value < 0 || type.value >= marks) {
        return std::nullopt;
    }
    std::string marked;
    base::append_utf8(marked, first_mark + static_cast<char32_t>(type.value));
    marked += word;
    return marked;
}

std::vector<std::string> indexed_words(const SearchText& text)
{
    // PostgreSQL takes less than a megabyte for one service request.
    constexpr std::size_t most_bytes = 900'000;
    std::size_t bytes = 0;
    std::vector<std::string> all;
    for (const std::string& word :
        base::words(base::in_both_spellings(text.text), most_indexed_words, base::Apostrophe::JoinsAndSplits)) {
        append_indexed(all, word);
    }
    std::vector<std::string> words{std::string(status_word(text.status))};
    words.reserve(1 + 2 * all.size());
    std::unordered_set<std::string_view> seen;
    seen.reserve(all.size());
    for (const std::string& word : all) {
        if (!seen.insert(word).second) {
            continue;
        }
        auto marked = word_of_type(text.type, word);
        bytes += word.size() + (marked ? marked->size() : 0);
        if (bytes > most_bytes) {
            break;
        }
        if (marked) {
            words.push_back(*std::move(marked));
        }
        words.push_back(word);
    }
    return words;
}

} // namespace search

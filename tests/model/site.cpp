#include "model/site.hpp"

#include "base/text.hpp"
#include "request_types/request_type.hpp"

#include <array>

namespace model {

namespace {

constexpr std::array<std::string_view, 36> words = {"meter", "meters", "metering", "Meter2000", "boiler", "Boilers",
    "pilot", "flame", "goes", "out", "again", "a", "I", "the", "THE", "Nuñez", "nunez", "Straße", "strasse", "Ångström",
    "Привет", "мир", "名前", "O'Brien", "it's", "100%", "under_score", "back\\slash", "\"quoted\"", "one-two-three",
    "2025", "4410-2087-33", "smell\tof\ngas", "🔥", "NEAR(a, b)", "!&|:*"};
constexpr std::array<std::string_view, 16> typed = {"SR-00003", "sr-7", "#4", "12", "mei", "omar haddad", "chen",
    "mei@example.com", "4410208733", "elm", "12 elm street", "pending", "resolved", "gas leak", "*", "' OR 1 = 1 --"};

} // namespace

Site::Site(db::Database& opened) : database(opened), cast(support::add_cast(opened, clock.now()))
{
    for (const auto& type : request_types::list_request_types(*database.read())) {
        types.push_back(type.id);
    }
    for (const auto& person : people()) {
        users.push_back(person.user_id);
    }
    accounts = {cast.account_of_mei, cast.account_of_omar};
}

std::string some_words(Random& random, std::size_t most)
{
    std::string text(random.pick(words));
    for (auto more = random.below(most); more > 0; --more) {
        text += random.chance(20) ? ". " : " ";
        text += random.pick(words);
    }
    return text;
}

std::string some_search(Random& random)
{
    if (random.chance(30)) {
        return std::string(random.pick(typed));
    }
    const std::string text = some_words(random, 3);
    // The last word's beginning, as it is while somebody types.
    const auto length = base::count_code_points(text);
    return std::string(base::first_code_points(text, 1 + random.below(length)));
}

} // namespace model

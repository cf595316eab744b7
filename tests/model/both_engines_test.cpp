#include "db/database.hpp"
#include "model/shrink.hpp"
#include "model/site.hpp"
#include "support/test_database.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>

#include <algorithm>
#include <cstdlib>
#include <memory>

using namespace model;
using ::testing::ElementsAre;

namespace {

constexpr std::size_t operations_a_seed = 120;
constexpr std::size_t tries_to_shorten = 40;

/// An empty site over SQLite, and one over the engine that the tests run on: without GAS_TEST_POSTGRES that is SQLite
/// too, and the test only shows that the same operations have the same effects.
class Pair
{
  public:
    Pair() : sqlite_(open(directory_.path() / "model.sqlite3")), left(*sqlite_), right(*other_) {}

    /// What one person does is done on both; the difference it makes, or nothing.
    std::string difference_after(const Operation& operation)
    {
        const std::string outcome = carry_out(left, operation);
        if (const std::string other = carry_out(right, operation); other != outcome) {
            return "SQLite: " + outcome + "\nthe other: " + other + "\n";
        }
        return first_difference(everything_visible(left, operation.seed), everything_visible(right, operation.seed));
    }

  private:
    static std::unique_ptr<db::Database> open(const std::filesystem::path& file)
    {
        auto database = db::Database::open({.url = "sqlite:///" + file.string(), .readers = 1});
        db::migrate(*database);
        return database;
    }

    static std::string first_difference(const std::string& sqlite, const std::string& postgres)
    {
        if (sqlite == postgres) {
            return {};
        }
        const auto at = std::mismatch(sqlite.begin(), sqlite.end(), postgres.begin(), postgres.end()).first;
        const auto line = sqlite.rfind('\n', static_cast<std::size_t>(at - sqlite.begin()));
        const std::size_t begin = line == std::string::npos ? 0 : line + 1;
        return "SQLite: " + sqlite.substr(begin, 400) + "\nthe other: " + postgres.substr(begin, 400) + "\n";
    }

    support::TemporaryDirectory directory_;
    std::unique_ptr<db::Database> sqlite_;
    support::TestDatabase other_;

  public:
    Site left;
    Site right;
};

/// The operations up to the first difference, and that difference; nothing when there is none.
struct Failure
{
    std::vector<Operation> operations;
    std::string difference;
};
Failure first_failure(const std::vector<Operation>& operations)
{
    Pair pair;
    for (std::size_t i = 0; i < operations.size(); ++i) {
        if (std::string difference = pair.difference_after(operations[i]); !difference.empty()) {
            return {{operations.begin(), operations.begin() + static_cast<std::ptrdiff_t>(i) + 1}, difference};
        }
    }
    return {};
}

std::string report(std::uint64_t seed, const Failure& found)
{
    const auto shortest = shortened<Operation>(
        found.operations, [](const auto& fewer) { return !first_failure(fewer).operations.empty(); }, tries_to_shorten);
    const Failure failure = first_failure(shortest);
    std::string text = fmt::format("GAS_TEST_SEED={}: the engines differ after {} operations; these {} suffice:\n",
        seed, found.operations.size(), shortest.size());
    for (const Operation& operation : shortest) {
        text += "  " + describe(operation) + "\n";
    }
    return text + (failure.difference.empty() ? found.difference : failure.difference);
}

std::vector<std::uint64_t> seeds()
{
    if (const char* wanted = std::getenv("GAS_TEST_SEED")) {
        return {std::strtoull(wanted, nullptr, 10)};
    }
    return std::getenv("GAS_TEST_POSTGRES") == nullptr ? std::vector<std::uint64_t>{1}
                                                       : std::vector<std::uint64_t>{1, 2, 3, 4};
}

} // namespace

TEST(BothEngines, ShowEverybodyTheSameWhateverPeopleDo)
{
    for (const std::uint64_t seed : seeds()) {
        const Failure failure = first_failure(draw_operations(seed, operations_a_seed));
        EXPECT_TRUE(failure.operations.empty()) << report(seed, failure);
    }
}

TEST(BothEngines, AFailingListIsShortenedToWhatMakesItFail)
{
    const auto fails = [](const std::vector<int>& list) {
        return std::find(list.begin(), list.end(), 7) != list.end() &&
               std::find(list.begin(), list.end(), 19) != list.end();
    };
    std::vector<int> all(40);
    for (int i = 0; i < 40; ++i) {
        all[static_cast<std::size_t>(i)] = i;
    }
    EXPECT_THAT(shortened<int>(all, fails, 1000), ElementsAre(7, 19));
    EXPECT_TRUE(fails(shortened<int>(all, fails, 5)));
}

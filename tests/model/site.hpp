#pragma once
// The model test carries out the same operations on a site over SQLite and on one over PostgreSQL and compares what
// everybody sees. Operations and what is looked at are drawn from seeds, so that a difference can be had again.

#include "commands/demo/random.hpp"
#include "support/cast.hpp"
#include "support/fake_clock.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace model {

using commands::demo::Random;

/// One of the two sites: its database, the cast, and what was made there so far.
struct Site
{
    explicit Site(db::Database& opened);

    db::Database& database;
    support::FakeClock clock;
    support::Cast cast;
    std::vector<RequestTypeId> types;
    std::vector<UserId> users;
    std::vector<AccountId> accounts;
    std::vector<ServiceRequestId> service_requests;
    /// What a visitor may have asked for, to be asked again.
    std::vector<std::string> fingerprints;

    std::vector<base::Visitor> people() const { return {cast.mei, cast.omar, cast.ravi, cast.sofia, cast.ada}; }
};

/// What one person does, or the housekeeper.
struct Operation
{
    std::size_t kind = 0;
    std::uint64_t seed = 0;
};

/// The same operations for the same seed.
std::vector<Operation> draw_operations(std::uint64_t seed, std::size_t count);
/// "resolve (kind 5, seed 1234)".
std::string describe(const Operation& operation);
/// Does it and says what came of it, refusals included.
std::string carry_out(Site& site, const Operation& operation);

/// Words with everything that engines might treat differently.
std::string some_words(Random& random, std::size_t most);
/// What a representative might type into the search.
std::string some_search(Random& random);

/// Everything people can see now, as text; the seed says which filters and searches are tried.
std::string everything_visible(const Site& site, std::uint64_t seed);

} // namespace model

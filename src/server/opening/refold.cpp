#include "server/opening/refold.hpp"

#include "accounts/search_text.hpp"
#include "base/fold_version.hpp"
#include "search/search.hpp"
#include "search/words.hpp"
#include "users/search_text.hpp"
#include "users/user.hpp"

namespace server {

namespace {

constexpr std::size_t refolded_at_once = 200;

/// Call `refold_some(tx, after, limit)` until it returns no id.
template <typename Id>
void refold_all(db::Database& database, Id (*refold_some)(db::Transaction&, Id, std::size_t))
{
    Id last;
    do
        last = database.write([&](db::Transaction& tx) { return refold_some(tx, last, refolded_at_once); });
    while (last);
}

} // namespace

bool refold(db::Database& database)
{
    refold_all(database, users::add_username_keys);
    if (database.read()->query("SELECT version FROM service_folding").integer() >= base::fold_version)
        return false;
    refold_all(database, users::refold_search_texts);
    refold_all(database, accounts::refold_search_texts);
    refold_all(database, search::refold_search_words);
    database.write(search::compact_index);
    database.write(
        [](db::Transaction& tx) { tx.apply("UPDATE service_folding SET version = $1", base::fold_version); });
    return true;
}

} // namespace server

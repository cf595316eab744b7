#include "attachments/site_store.hpp"

#include "attachments/sweeper.hpp"
#include "base/crypto.hpp"
#include "base/log.hpp"

#include <fmt/format.h>

namespace attachments {

namespace {

struct Mark
{
    std::string id;
    bool is_in_store = false;
};

Mark read_mark(db::Connection& db)
{
    return db.query("SELECT store_id, is_marked FROM service_attachment_store WHERE one = 1")
        .first([](const db::Row& row) { return Mark{.id = row.string(0), .is_in_store = row.integer(1) != 0}; })
        .value();
}

/// The site's mark, with an id from the first start on.
Mark site_mark(db::Database& database)
{
    Mark mark = read_mark(*database.read());
    if (!mark.id.empty())
        return mark;
    const std::string id = base::hex(base::random_bytes(16));
    return database.write([&](db::Transaction& tx) {
        tx.apply("UPDATE service_attachment_store SET store_id = $1 WHERE one = 1 AND store_id = ''", id);
        return read_mark(tx);
    });
}

/// True for the node that marked its store; false when another one was first.
bool mark_first(db::Database& database, storage::Store& store, const std::string& id)
{
    return database.write([&](db::Transaction& tx) {
        // The row is locked from here to the commit, so that only one of many nodes marks its store.
        const bool is_first =
            tx.execute("UPDATE service_attachment_store SET is_marked = 1 WHERE one = 1 AND is_marked = 0") == 1;
        if (is_first && store.find_id() != id)
            store.set_id(id);
        return is_first;
    });
}

void mark_again(db::Database& database, storage::Store& store, const std::string& id)
{
    if (database.read()->query("SELECT count(*) FROM service_attachment").integer() > 0)
        base::log::warning(
            fmt::format("{} is not where attachments were kept until now; those files may be missing", store.place()));
    store.set_id(id);
}

std::string other_node(const storage::Store& store)
{
    return fmt::format("the attachments of this site are kept in another place than {}. All nodes need the same one: "
                       "share one directory (such as NFS, as attachments in data_dir), or set attachments to "
                       "s3://BUCKET/PREFIX on each. If they were moved here on purpose, run once: "
                       "gas-utility adopt-attachments",
        store.place());
}

std::string other_site(const storage::Store& store)
{
    return fmt::format(
        "{} holds the attachments of another database. Set data_dir or attachments to this site's own. If "
        "they belong to this database, for example because one was restored, run once: "
        "gas-utility adopt-attachments",
        store.place());
}

} // namespace

void claim(db::Database& database, storage::Store& store)
{
    const Mark mark = site_mark(database);
    const auto found = store.find_id();
    if (found && *found != mark.id)
        throw ForeignStore(other_site(store));
    if (found && mark.is_in_store)
        return;
    if (!mark.is_in_store && mark_first(database, store, mark.id))
        return;
    // Another node may have marked the store that both share since we looked.
    if (store.find_id() == mark.id)
        return;
    if (database.engine() != db::Engine::Sqlite)
        throw ForeignStore(other_node(store));
    mark_again(database, store, mark.id);
}

void share_mark(db::Database& database, const storage::Store& from, storage::Store& to)
{
    const Mark mark = read_mark(*database.read());
    const auto source = from.find_id();
    if (source ? *source != mark.id : mark.is_in_store)
        throw ForeignStore(from.place() + " is not where the attachments of this site are kept");
    const auto found = to.find_id();
    if (found && *found != mark.id)
        throw ForeignStore(to.place() + " holds the attachments of another site; name an empty place");
    if (!found && source)
        to.set_id(*source);
}

void adopt(db::Database& database, storage::Store& store, base::Time now)
{
    std::string id = store.find_id().value_or("");
    if (id.empty()) {
        id = base::hex(base::random_bytes(16));
        store.set_id(id);
    }
    database.write([&](db::Transaction& tx) {
        tx.apply("UPDATE service_attachment_store SET store_id = $1, is_marked = 1 WHERE one = 1", id);
    });
    take_over(database, store, now);
}

} // namespace attachments

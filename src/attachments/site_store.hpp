#pragma once

#include "db/database.hpp"
#include "storage/store.hpp"

#include <stdexcept>

namespace attachments {

/// The store is not the one that this site's attachments are in; the text says what to do.
struct ForeignStore : std::runtime_error
{
    using std::runtime_error::runtime_error;
};

/// Makes sure that the store holds this site's attachments: store and database carry the same random id, which the
/// first start gives both. Throws ForeignStore for a store with another id, because its files would look forgotten and
/// be swept, and on PostgreSQL also for one without when another has it already: a second node with a directory of its
/// own. On SQLite, where there is no second node, a store without an id is marked; a warning tells when files were in
/// another one.
void claim(db::Database& database, storage::Store& store);
/// Before the site's files are copied from one store into another: gives `to` the site's id. Throws ForeignStore when
/// `from` is not this site's store, or when `to` is another site's.
void share_mark(db::Database& database, const storage::Store& from, storage::Store& to);
/// Makes the store the one of this site, whatever was before; look first what survey() says of both.
void adopt(db::Database& database, storage::Store& store, base::Time now);

} // namespace attachments

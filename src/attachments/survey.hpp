#pragma once

#include "db/connection.hpp"
#include "storage/store.hpp"

#include <cstddef>
#include <string>
#include <unordered_set>
#include <vector>

namespace attachments {

/// What lies in a store, compared with the rows of a database.
struct Survey
{
    std::size_t files = 0;
    std::size_t named = 0;
    /// Rows whose files are not in the store.
    std::size_t missing = 0;
    std::vector<storage::KeptFile> unnamed;
};

/// Reads the names of all files, so it takes its time on a large store.
Survey survey(db::Connection& db, const storage::Store& store);
/// Those of the names that rows name.
std::unordered_set<std::string> named_by_rows(db::Connection& db, const std::vector<std::string>& names);
/// A row's file that is not there or not whole, in words.
struct WrongFile
{
    std::string what;
};
struct VerifiedFiles
{
    std::size_t rows = 0;
    std::vector<WrongFile> wrong;
};
/// Reads every file that a row names and compares it with its checksum, several at a time. The site may be running.
/// Throws base::Unavailable when the store fails.
VerifiedFiles verify_files(db::Connection& db, const storage::Store& store);
/// "3 of 10 files are named by this database; 2 of its rows name files that are not there".
std::string in_words(const Survey& found);

} // namespace attachments

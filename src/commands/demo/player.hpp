#pragma once

#include "commands/demo/story.hpp"
#include "commands/demo/town.hpp"
#include "db/database.hpp"
#include "storage/store.hpp"

#include <functional>

namespace commands::demo {

/// Told after each transaction: steps done so far.
using Progress = std::function<void(std::size_t done)>;

/// Where the story is carried out.
struct Stage
{
    db::Database& database;
    storage::Store& store;
};

/// Carries out the story through the nouns, many steps a transaction, each at its own time.
void play(const Story& story, const Town& town, const Stage& stage, const Progress& progress);

} // namespace commands::demo

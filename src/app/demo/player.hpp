#pragma once

#include "app/demo/story.hpp"
#include "app/demo/town.hpp"
#include "attachments/store.hpp"
#include "db/database.hpp"

#include <functional>

namespace app::demo {

/// Told after each transaction: steps done so far.
using Progress = std::function<void(std::size_t done)>;

/// Where the story is carried out.
struct Stage
{
    db::Database& database;
    attachments::Store& store;
};

/// Carries out the story through the nouns, many steps a transaction, each at its own time.
void play(const Story& story, const Town& town, const Stage& stage, const Progress& progress);

} // namespace app::demo

#pragma once

#include "faults/audit.hpp"
#include "faults/product.hpp"
#include "faults/writer.hpp"

#include <filesystem>
#include <memory>
#include <random>
#include <set>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

namespace faults {

/// The product broke a promise.
struct Violation : std::runtime_error
{
    using std::runtime_error::runtime_error;
};

/// Throws Violation when it does not hold.
void require(bool holds, const std::string& promise);

struct Options
{
    std::string scenario;
    std::filesystem::path binary;
    std::filesystem::path directory;
    int rounds = 50;
    std::uint64_t seed = 1;
    std::uint16_t ports = 18800;
    Judge judge = Judge::Everybody;
    /// Of a cluster that tests/faults/cluster has started: that script, its directory, where its proxy listens, its
    /// database's URL without password, and the names of the faults in their order.
    std::filesystem::path script;
    std::filesystem::path lab;
    std::string site;
    std::string database;
    std::vector<std::string> faults;
};

/// One product with eight writers and their ledger. Used by one thread.
class World
{
  public:
    explicit World(const Options& options);
    ~World();
    World(const World&) = delete;
    World& operator=(const World&) = delete;

    /// Starts the product and signs everybody in.
    void open();
    /// Starts it again: nobody's work is lost, what had no answer is repeated and gives one result, files that nothing
    /// names are gone.
    void open_again();
    void begin_work();
    void end_work();
    /// The product is stopped: its data must fit the ledger. Throws Violation.
    void audit();
    /// Throws Violation when the answers alone prove something wrong.
    void check_complaints();

    Product product;
    Desk desk;
    std::mt19937_64 random;
    std::vector<std::unique_ptr<Writer>> writers;

  private:
    void make_files_old() const;
    void wait_for_sweeper() const;

    std::filesystem::path directory_;
    Baseline baseline_;
    std::set<std::string> verified_;
    std::vector<std::filesystem::path> unnamed_files_;
    std::vector<std::thread> threads_;
};

/// Each throws Violation, or std::exception when the scenario itself cannot go on.
void run_kill(const Options& options);
void run_drain(const Options& options);
void run_submit(const Options& options);
void run_cluster(const Options& options);
/// False when this machine does not let us mount a small disk.
bool run_full_disk(const Options& options);

} // namespace faults

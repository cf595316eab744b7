#pragma once

#include <sys/types.h>

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace faults {

/// The gas-utility under test: its process, its data directory and the town in it. It dies with the harness. The
/// functions that signal may be called by any thread while it runs, the others by one.
class Product
{
  public:
    struct Place
    {
        std::filesystem::path binary;
        std::filesystem::path data;
        std::filesystem::path log;
        /// The first of a hundred ports to choose from.
        std::uint16_t ports = 18800;
    };
    explicit Product(Place place);
    ~Product();
    Product(const Product&) = delete;
    Product& operator=(const Product&) = delete;

    /// Fills the data directory with the made-up town; throws std::runtime_error when that fails.
    void make_town();
    /// Returns when it answers; throws std::runtime_error when it does not within 20 seconds.
    void start();
    /// Runs another command of the program beside it and returns its exit code; what it says goes to the log.
    int run(std::vector<std::string> arguments) const;
    /// How long the last start took.
    std::chrono::milliseconds start_time() const { return start_time_; }
    void signal(int number) const;
    /// Waits for its end; nothing when it still runs at the end of `patience`. A killed one has code 128 + signal.
    std::optional<int> wait(std::chrono::milliseconds patience);
    /// kill -9 and wait.
    void kill();

    std::uint16_t port() const { return port_; }
    std::filesystem::path database() const { return place_.data / "gas-utility.sqlite3"; }
    std::filesystem::path attachments() const { return place_.data / "attachments"; }
    const Place& place() const { return place_; }

  private:
    pid_t spawn(std::vector<std::string> arguments) const;

    Place place_;
    pid_t process_ = -1;
    std::uint16_t port_ = 0;
    std::chrono::milliseconds start_time_{};
};

/// Of everybody in the made-up town.
constexpr const char* town_password = "Elm-Street-Regulator-42";

} // namespace faults

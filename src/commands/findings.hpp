#pragma once

#include <fmt/format.h>

#include <string>
#include <string_view>

namespace commands {

/// One line for each finding; remembers whether any of them is wrong.
class Findings
{
  public:
    /// Lines go to standard output, or to the end of a text that outlives this object.
    explicit Findings(std::string* into = nullptr) : into_(into) {}

    void ok(std::string_view text) { add("ok    ", text); }
    void note(std::string_view text) { add("note  ", text); }
    void wrong(std::string_view text)
    {
        add("WRONG ", text);
        ++wrong_;
    }
    /// Lines of another one, of which some are wrong.
    void relay(std::string_view lines, int wrong)
    {
        fmt::print("{}", lines);
        wrong_ += wrong;
    }
    int wrong_count() const { return wrong_; }

  private:
    void add(std::string_view kind, std::string_view text)
    {
        const std::string line = fmt::format("{} {}\n", kind, text);
        if (into_ == nullptr)
            fmt::print("{}", line);
        else
            *into_ += line;
    }

    std::string* into_;
    int wrong_ = 0;
};

} // namespace commands

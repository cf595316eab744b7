#pragma once

#include <fmt/format.h>

#include <string_view>

namespace commands {

/// One line for each finding; remembers whether any of them is wrong.
class Findings
{
  public:
    void ok(std::string_view text) { fmt::print("ok     {}\n", text); }
    void note(std::string_view text) { fmt::print("note   {}\n", text); }
    void wrong(std::string_view text)
    {
        fmt::print("WRONG  {}\n", text);
        ++wrong_;
    }
    int wrong_count() const { return wrong_; }

  private:
    int wrong_ = 0;
};

} // namespace commands

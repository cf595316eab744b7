#include "template_compiler/compiler.hpp"

#include "template_compiler/cpp_text.hpp"
#include "template_compiler/error.hpp"
#include "template_compiler/generator.hpp"
#include "template_compiler/parser.hpp"

#include <set>
#include <utility>

namespace template_compiler {
namespace {

Form form_of(std::string_view file)
{
    return file.ends_with(suffix_of(Form::PlainText)) ? Form::PlainText : Form::Html;
}

class Compilation
{
  public:
    explicit Compilation(const std::string& root_name) : root_name_(root_name) {}

    Result run(const std::vector<File>& templates)
    {
        for (const auto& file : templates)
            attempt(root_name_ + "/" + file.path, [&] { add(file); });
        for (auto& [key, unit] : units_)
            attempt(unit.file, [&, &unit = unit] { resolve_layout(unit); });
        for (auto& [key, unit] : units_)
            generate_with_layouts(unit, {});
        if (result_.errors.empty())
            collect();
        return std::move(result_);
    }

  private:
    void attempt(const std::string& file, const auto& action)
    {
        try {
            action();
        } catch (const TemplateError& error) {
            result_.errors.push_back(file + ":" + std::to_string(error.line()) + ": " + error.what());
            failed_.insert(file);
        }
    }

    void add(const File& file)
    {
        const Form form = form_of(file.path);
        const auto path = file.path.substr(0, file.path.size() - suffix_of(form).size());
        check_path(path);
        // Registered before parsing, lest a mistake in it is reported again by whoever includes it.
        auto& unit = units_[unit_key(path, form)];
        unit.path = path;
        unit.form = form;
        unit.file = root_name_ + "/" + file.path;
        const auto function = public_namespace(path) + "::" + function_name(path);
        // A page and a text of one name differ in what they write into.
        if (!functions_.insert(function + std::string(suffix_of(form))).second)
            throw TemplateError(1, "another template also becomes " + function + "; rename one");
        unit.tree = parse(file.text, form == Form::Html ? Blanks::Kept : Blanks::WithoutDirectiveLines);
    }

    static void check_path(const std::string& path)
    {
        std::string_view rest = path;
        for (;;) {
            const auto slash = rest.find('/');
            const auto part = rest.substr(0, slash);
            // "public" becomes public_: see folder() in unit.cpp.
            if (!is_identifier(part) && !(part == "public" && slash != std::string_view::npos))
                throw TemplateError(
                    1, "'" + std::string(part) +
                           "' cannot name a C++ function or namespace; rename it to snake_case that is no C++ keyword");
            if (slash == std::string_view::npos)
                return;
            rest.remove_prefix(slash + 1);
        }
    }

    void resolve_layout(Unit& unit)
    {
        const auto& extends = unit.tree.extends;
        if (extends.layout.path.empty())
            return;
        if (unit.form == Form::PlainText)
            throw TemplateError(extends.line, "a .txt template has no layout; include what texts share");
        const auto layout = units_.find(unit_key(extends.layout.path, unit.form));
        if (layout == units_.end())
            throw TemplateError(extends.line, "there is no template '" + extends.layout.path +
                                                  "' to extend; correct the path (folder/name without its ending)");
        layout->second.is_extended = true;
    }

    // `extending` are the files that led here, to notice a circle.
    void generate_with_layouts(Unit& unit, std::set<std::string> extending)
    {
        if (failed_.contains(unit.file) || generated_.contains(unit.file))
            return;
        attempt(unit.file, [&] {
            if (!extending.insert(unit.file).second)
                throw TemplateError(
                    unit.tree.extends.line, "the template extends itself; break the circle of 'extends'");
            const auto& layout = unit.tree.extends.layout.path;
            if (!layout.empty() && !generate_layout(units_.at(unit_key(layout, unit.form)), extending))
                return;
            generate(unit, units_, messages_);
            generated_.insert(unit.file);
        });
    }

    bool generate_layout(Unit& layout, const std::set<std::string>& extending)
    {
        generate_with_layouts(layout, extending);
        return generated_.contains(layout.file);
    }

    void collect()
    {
        for (auto& [key, unit] : units_) {
            result_.files.push_back({key + ".hpp", std::move(unit.header)});
            result_.files.push_back({key + ".cpp", std::move(unit.source)});
        }
        result_.pot = messages_.pot();
    }

    std::string root_name_;
    Units units_;
    MessageTable messages_;
    std::set<std::string> functions_;
    std::set<std::string> failed_;
    std::set<std::string> generated_;
    Result result_;
};

} // namespace

Result compile(const std::vector<File>& templates, const std::string& root_name)
{
    return Compilation(root_name).run(templates);
}

} // namespace template_compiler

using System.Collections;
using Dibao.Keep;

namespace Dibao.Server.Configuration;

/// <summary>Something is wrong with the configuration; the message has every problem, one a line.</summary>
public sealed class ConfigurationException(IReadOnlyList<string> problems) : Exception(
    string.Join('\n', ["The configuration cannot be used:", .. problems.Select(problem => "  - " + problem), "Every setting: docs/configuration.md. Nothing was started."]))
{
    public IReadOnlyList<string> Problems => problems;
}

/// <summary>Settings as read, with what is odd about where they came from.</summary>
/// <param name="File">Configuration file that was read; null when there was none.</param>
/// <param name="Warnings">DIBAO_ variables that no setting has.</param>
internal sealed record SettingsReading(SettingValues Values, string? File, IReadOnlyList<string> Problems, IReadOnlyList<string> Warnings)
{
    /// <exception cref="ConfigurationException">With all <see cref="Problems"/>.</exception>
    public Settings Validated() => Problems.Count == 0 ? Settings.From(Values) : throw new ConfigurationException(Problems);
}

/// <summary>Reads the settings: command line over environment over file over defaults.</summary>
internal static class SettingsReader
{
    public const string FileName = "dibao.json";
    private const string Prefix = "DIBAO_";

    // Not settings: they decide how dibao talks, and tests set their own.
    private static readonly string[] OtherVariables = ["DIBAO_DEBUG", "DIBAO_TEST_"];

    /// <param name="data">Of <c>--data</c>.</param>
    /// <param name="config">Of <c>--config</c>; null reads <c>dibao.json</c> in the data folder when it is there.</param>
    public static SettingsReading Read(string? data, string? config, IDictionary environment)
    {
        var written = new Dictionary<string, WrittenValue>();
        var problems = new List<string>();
        var warnings = ReadEnvironment(environment, written);
        if (data is not null) written[SettingTable.Data.Name] = new(data, "--data");
        var file = config ?? FileIn(new SettingValues(written).TextOf(SettingTable.Data).Text);
        if (file is not null) ReadFile(file, written, problems);
        var values = new SettingValues(written);
        problems.AddRange(values.Problems());
        return new(values, file, problems, warnings);
    }

    private static string? FileIn(string folder)
    {
        var path = Path.Combine(folder, FileName);
        return File.Exists(path) ? path : null;
    }

    private static List<string> ReadEnvironment(IDictionary environment, Dictionary<string, WrittenValue> written)
    {
        var warnings = new List<string>();
        foreach (var (variable, text) in environment.Cast<DictionaryEntry>().Select(entry => ((string)entry.Key, (string?)entry.Value)).OrderBy(entry => entry.Item1, StringComparer.Ordinal))
        {
            if (!variable.StartsWith(Prefix, StringComparison.Ordinal) || OtherVariables.Any(other => variable.StartsWith(other, StringComparison.Ordinal))) continue;
            var setting = SettingTable.All.FirstOrDefault(setting => setting.Variable == variable);
            if (setting is null) warnings.Add($"The environment variable {variable} is no setting of dibao{Nearest(variable, SettingTable.All.Select(s => s.Variable))}.");
            else if (!string.IsNullOrEmpty(text)) written[setting.Name] = new(text.Trim(), $"environment variable {variable}");
        }
        return warnings;
    }

    private static void ReadFile(string path, Dictionary<string, WrittenValue> written, List<string> problems)
    {
        foreach (var (name, text) in ConfigurationFile.Read(path, problems))
        {
            var setting = SettingTable.All.FirstOrDefault(setting => setting.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
            if (setting is null) problems.Add($"{name}, from {path}: there is no such setting{Nearest(name, SettingTable.All.Select(s => s.Name))}. Correct or remove it.");
            else if (setting == SettingTable.Data && Path.GetFileName(path) == FileName && path == FileIn(written.TryGetValue(setting.Name, out var folder) ? folder.Text : setting.Default))
                problems.Add($"Data, from {path}: the file lies in the data folder, so it cannot name another. Set DIBAO_DATA, or pass --data or --config.");
            else written.TryAdd(setting.Name, new(text, path));
        }
    }

    private static string Nearest(string wrong, IEnumerable<string> names)
    {
        var nearest = names.MinBy(name => Distance(wrong.ToUpperInvariant(), name.ToUpperInvariant()));
        return nearest is not null && Distance(wrong.ToUpperInvariant(), nearest.ToUpperInvariant()) <= 4 ? $"; did you mean {nearest}?" : "";
    }

    // Levenshtein, 1966.
    private static int Distance(string a, string b)
    {
        var row = Enumerable.Range(0, b.Length + 1).ToArray();
        foreach (var c in a)
        {
            var diagonal = row[0]++;
            for (var j = 1; j <= b.Length; j++)
            {
                var above = row[j];
                row[j] = Math.Min(Math.Min(above, row[j - 1]) + 1, diagonal + (c == b[j - 1] ? 0 : 1));
                diagonal = above;
            }
        }
        return row[^1];
    }
}

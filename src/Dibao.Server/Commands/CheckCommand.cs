using System.CommandLine;
using Dibao.Warc;

namespace Dibao.Server.Commands;

internal static class CheckCommand
{
    private const string InPackage = "!/";

    private static readonly Argument<string[]> Files = new("FILE")
    {
        Description = "WARC files (plain or gzip), WACZ packages and CDXJ indexes, from anywhere; revisits are looked for in all of them", Arity = ArgumentArity.OneOrMore,
    };

    public static (Command, Func<Invocation, Task<int>>) Create() =>
        (new("check", "Read web archive files of any origin, and report what is wrong in them; one JSON line a fault with --json") { Files }, RunAsync);

    private static async Task<int> RunAsync(Invocation call)
    {
        var run = new CheckRun(fault => Print(call.Output, fault));
        await Task.Run(() => { foreach (var path in call.Value(Files)) run.Read(path, call.Cancel); run.Finish(); }, call.Cancel);
        if (call.Output.Json) call.Output.Object(new { files = run.Files, records = run.Records, passedOver = run.Damaged, faults = run.Faults });
        else call.Output.Line($"{run.Files} files, {run.Records} records: {(run.Faults == 0 ? "nothing wrong" : $"{run.Faults} faults")}.");
        return run.Faults == 0 ? ExitCode.Done : ExitCode.Corruption;
    }

    private static void Print(Output output, WarcFault fault)
    {
        if (output.Json) output.Object(new { file = fault.File, offset = fault.Offset, reason = fault.What, remedy = fault.Remedy });
        else output.Line(fault.ToString());
    }

    /// <summary>Reads one file after another, each as what it is.</summary>
    private sealed class CheckRun(Action<WarcFault> report)
    {
        private readonly WarcCheck warc = new();

        public int Files { get; private set; }
        public long Faults { get; private set; }
        public long Records => warc.Records;
        public long Damaged => warc.Damaged;

        /// <exception cref="IOException">It cannot be read at all.</exception>
        public void Read(string path, CancellationToken cancel)
        {
            Files++;
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 1);
            if (IsZip(file)) Report(OfPackage(path, file, cancel));
            else if (Path.GetExtension(path) is ".cdxj" or ".cdx") Report(CdxjCheck.Check(path, file, null, cancel));
            else Report(warc.Check(path, file, cancel));
        }

        public void Finish() => Report(warc.Finish());

        private IEnumerable<WarcFault> OfPackage(string path, FileStream file, CancellationToken cancel)
        {
            using var package = WaczFile.Open(path, file, new(), cancel);
            foreach (var fault in package.Reading.Faults) yield return fault;
            foreach (var name in package.Reading.Warcs)
            {
                using var inside = package.OpenWarc(name);
                foreach (var fault in warc.Check(path + InPackage + name, inside, cancel)) yield return fault;
            }
        }

        private void Report(IEnumerable<WarcFault> faults)
        {
            foreach (var fault in faults)
            {
                Faults++;
                report(fault);
            }
        }

        // APPNOTE 4.3.7: a local file header, or the end of an empty archive.
        private static bool IsZip(FileStream file)
        {
            Span<byte> magic = stackalloc byte[4];
            var read = file.ReadAtLeast(magic, 4, throwOnEndOfStream: false);
            file.Position = 0;
            return read == 4 && (magic.SequenceEqual("PK\u0003\u0004"u8) || magic.SequenceEqual("PK\u0005\u0006"u8));
        }
    }
}

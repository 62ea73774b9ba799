using System.Reflection;
using System.Runtime.Loader;
using Dibao.Log;
using Dibao.Prove;
using Dibao.Tests.Keep;
using Shouldly;
using Xunit;

namespace Dibao.Tests.Prove;

/// <summary>An auditor has Dibao.Log.dll and a runtime: no other assembly of ours, and no OpenSSL.</summary>
public class AuditorAloneTests
{
    [Fact]
    public async Task The_package_alone_checks_a_bundle_and_a_whole_log()
    {
        await using var test = TestArchive.New();
        for (var n = 0; n < 5; n++) await test.Keep(TestArchive.Page(n));
        test.Archive.Log.Publish();
        var reader = test.Archive.Reader;
        var bundle = Path.Combine(test.Folder, "bundle");
        new ProofFolder(reader.Catalogue, reader.Segments, reader.Log).Write(test.Catalogue.Capture(3)!, bundle);

        var alone = new Alone();
        var key = alone.Call("VerifierKey", "Parse", reader.Log.Keys[0].ToString());
        var proven = alone.Call("ProofBundle", "Verify", bundle, key);
        proven.GetType().GetProperty("Index")!.GetValue(proven).ShouldBe(2L);
        proven.GetType().Assembly.ShouldNotBe(typeof(ProofBundle).Assembly);

        File.AppendAllText(Path.Combine(bundle, "records", "001.warc"), "x");
        Should.Throw<TargetInvocationException>(() => alone.Call("ProofBundle", "Verify", bundle, key)).InnerException!.GetType().Name.ShouldBe("ProofException");
        Should.Throw<TargetInvocationException>(() => alone.Call("SigningKey", "Generate", "a.example", SignatureTypeOf(alone)))
            .InnerException!.Message.ShouldContain("apt-get install libssl3");
        alone.Unload();
    }

    private static object SignatureTypeOf(Alone alone) => Enum.ToObject(alone.Type("SignatureType"), 1);

    private sealed class Alone : AssemblyLoadContext
    {
        private readonly Assembly log;

        public Alone()
            : base(isCollectible: true)
        {
            log = LoadFromAssemblyPath(typeof(ProofBundle).Assembly.Location);
        }

        public Type Type(string name) => log.GetType($"Dibao.Log.{name}", throwOnError: true)!;

        public object Call(string type, string method, params object[] arguments) => Type(type).GetMethod(method)!.Invoke(null, arguments)!;

        // Null is the runtime's own.
        protected override Assembly? Load(AssemblyName assemblyName) =>
            assemblyName.Name!.StartsWith("System.", StringComparison.Ordinal) ? null : throw new FileNotFoundException($"An auditor has no {assemblyName.Name}.");

        protected override nint LoadUnmanagedDll(string unmanagedDllName) => throw new DllNotFoundException($"An auditor has no {unmanagedDllName}.");
    }
}

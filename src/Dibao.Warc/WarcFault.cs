namespace Dibao.Warc;

/// <summary>Something that is wrong in a file, in words for whoever has to put it right.</summary>
/// <param name="File">As the caller named it.</param>
/// <param name="Offset">Of the record or line, bytes from the start of the file.</param>
/// <param name="What">What is wrong.</param>
/// <param name="Remedy">What can be done.</param>
public sealed record WarcFault(string File, long Offset, string What, string Remedy)
{
    public override string ToString() => $"{File} at {Offset}: {What}. {Remedy}";
}
